"""Pages with a body, and the article."""

from __future__ import annotations

from django.db import models
from wagtail.fields import StreamField

from yiwang.portal.sites.models.blocks import BodyBlock
from yiwang.portal.sites.models.pages.tree import SitePage


class WrittenPage(SitePage):
    """A page with a body in Chinese and, where somebody has written it, in English."""

    body = StreamField(BodyBlock(), blank=True)
    body_en = StreamField(BodyBlock(), blank=True)

    class Meta:
        abstract = True


class ArticlePage(WrittenPage):
    """An article, with what disclosure asks of it."""

    author = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=120, blank=True)
    issuer = models.CharField(max_length=60, blank=True)
    index_number = models.CharField(max_length=60, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
