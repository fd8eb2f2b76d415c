"""A topic, and what people ask again and again."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey

from yiwang.portal.sites.models.pages.rows import PageRow
from yiwang.portal.sites.models.pages.written import WrittenPage


class TopicPage(WrittenPage):
    """A topic: what it is about, with columns of its own below."""

    picture = models.PositiveBigIntegerField(null=True, blank=True)
    picture_alt = models.CharField(max_length=200, blank=True)
    picture_alt_en = models.CharField(max_length=300, blank=True)


class FaqPage(WrittenPage):
    """Questions with their answers."""


class FaqPair(PageRow):
    """One of them."""

    page = ParentalKey(FaqPage, on_delete=models.CASCADE, related_name="pairs")
    question = models.CharField(max_length=200, blank=True)
    question_en = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    answer_en = models.TextField(blank=True)
