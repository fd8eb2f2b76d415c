"""The sites of the group."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page


class GroupSite(models.Model):
    """One site: who answers for it, where it is reached, how it looks.

    Wagtail's own table of sites knows a site by host and port alone; these are also told apart by the first
    part of the path, so that one address can serve them all.
    """

    code = models.SlugField(max_length=40, unique=True)
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    #: Whose officers edit it.
    organisation = models.CharField(max_length=60, db_index=True)
    #: Name of one of the themes of the style sheet.
    theme = models.CharField(max_length=20)
    #: The site identification code (网站标识码) that the registration gave.
    identifier = models.CharField(max_length=20)
    phone = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField(default=True)
    #: Reviews and proofs by kind of page, where the site has a rule of its own.
    checks = models.JSONField(default=dict)
    root = models.OneToOneField(Page, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"site {self.code}"
