"""Pictures and attachments, kept by site."""

from __future__ import annotations

from django.db import models

from yiwang.platform.models import StoredFile
from yiwang.portal.sites.models.pages import SitePage
from yiwang.portal.sites.models.sites import GroupSite


class SiteFile(models.Model):
    """A picture or an attachment of one site. The public sees it while a live page of the site uses it."""

    site = models.ForeignKey(GroupSite, models.PROTECT, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    is_picture = models.BooleanField()
    #: Pixels of a picture; 0 for others.
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()
    kept_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"site file {self.pk}"


class FileUse(models.Model):
    """That a page, as it is published, uses a file."""

    page = models.ForeignKey(SitePage, models.CASCADE, related_name="file_uses")
    file = models.ForeignKey(SiteFile, models.PROTECT, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "file"], name="file_used_once_a_page")]

    def __str__(self) -> str:
        return f"page {self.page_id} uses file {self.file_id}"
