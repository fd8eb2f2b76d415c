"""What all pages share: where they stand, what lists show of them."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page

from yiwang.portal.sites.models.sites import GroupSite


class SitePage(Page):
    """A page of one site; ``title`` is the Chinese one. English is there where somebody has written it."""

    #: Files are named by number, and ``FileUse`` says which page uses one.
    wagtail_reference_index_ignore = True
    #: Which site it is of. The tree says so too; the column lets the database keep files and pages together.
    site = models.ForeignKey(GroupSite, models.PROTECT, related_name="+")
    #: ``environment/news/spring-water/``: the site's code, then the addresses of the pages above.
    address = models.CharField(max_length=400, unique=True)
    title_en = models.CharField(max_length=255, blank=True)
    summary_zh = models.TextField(max_length=500, blank=True)
    summary_en = models.TextField(max_length=1000, blank=True)
    #: The date that readers see and lists are ordered by.
    day = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "-day"], name="site_page_latest")]
