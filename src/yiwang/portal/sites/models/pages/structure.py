"""The pages that others stand under."""

from __future__ import annotations

from django.db import models

from yiwang.portal.sites.contracts import Flow
from yiwang.portal.sites.models.pages.tree import SitePage


class HomePage(SitePage):
    """The first page of a site."""


class ChannelPage(SitePage):
    """A channel: columns for one kind of reader."""


class ColumnPage(SitePage):
    """A column: pages, the latest first; its news may flow to other sites of the group."""

    flow = models.CharField(max_length=8, default=Flow.NONE, blank=True)
