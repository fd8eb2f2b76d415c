"""Pages whose matter is files: pictures, a video, things to take away."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey

from yiwang.portal.sites.models.pages.rows import PageRow
from yiwang.portal.sites.models.pages.written import WrittenPage


class AlbumPage(WrittenPage):
    """Pictures of one occasion."""

    photographer = models.CharField(max_length=60, blank=True)


class AlbumPicture(PageRow):
    """One picture, for those who see it and those who do not."""

    page = ParentalKey(AlbumPage, on_delete=models.CASCADE, related_name="pictures")
    picture = models.PositiveBigIntegerField(null=True, blank=True)
    alt = models.CharField(max_length=200, blank=True)
    alt_en = models.CharField(max_length=300, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    caption_en = models.CharField(max_length=300, blank=True)


class VideoPage(WrittenPage):
    """A video with captions, and in words what is said and seen."""

    video = models.PositiveBigIntegerField(null=True, blank=True)
    captions = models.PositiveBigIntegerField(null=True, blank=True)
    poster = models.PositiveBigIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    transcript = models.TextField(blank=True)
    transcript_en = models.TextField(blank=True)


class DownloadPage(WrittenPage):
    """Files to take away."""

    edition = models.CharField(max_length=60, blank=True)


class DownloadFile(PageRow):
    """One of them."""

    page = ParentalKey(DownloadPage, on_delete=models.CASCADE, related_name="files")
    file = models.PositiveBigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
