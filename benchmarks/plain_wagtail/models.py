"""Pages as Wagtail's own documentation writes them: home, channel, column, article."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


def _columns_of(page: Page) -> list[dict[str, object]]:
    found = ColumnPage.objects.live().child_of(page)
    return [
        {
            "column": one,
            "articles": ArticlePage.objects.live().descendant_of(one).order_by("-day", "-pk")[:5],
        }
        for one in found
    ]


class SiteHomePage(Page):
    """First page of a site."""

    template = "plain_wagtail/home.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request) | {
            "news": ArticlePage.objects.live().descendant_of(self).order_by("-day", "-pk")[:8],
            "channels": ChannelPage.objects.live().child_of(self),
            "columns": _columns_of(self),
        }


class ChannelPage(Page):
    """Columns for one kind of reader."""

    template = "plain_wagtail/channel.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request) | {"columns": _columns_of(self)}


class ColumnPage(Page):
    """Articles, the latest first."""

    template = "plain_wagtail/channel.html"


class ArticlePage(Page):
    """An article."""

    template = "plain_wagtail/article.html"
    day = models.DateField()
    body = StreamField([("paragraph", blocks.TextBlock())])
