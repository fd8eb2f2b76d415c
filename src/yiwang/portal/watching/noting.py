"""Notes that a page went out, for the yearly report."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from yiwang.platform.contracts import Fact
from yiwang.portal.sites.api import live_pages
from yiwang.portal.watching.models import PageOut

PUBLISHED = "sites.page_published"
#: Pages that list others are no publications.
_LISTS = frozenset({"home", "channel", "column", "topic"})


def note_page_out(fact: Fact, *, at: datetime) -> None:
    """Keep the day; a page that changes twice a day went out once. Withdrawn meanwhile, it did not."""
    page = int(fact.subject.partition(":")[2])
    for found in live_pages([page]):
        if found.link.kind not in _LISTS:
            PageOut.objects.get_or_create(
                page=page,
                day=localdate(found.published_at),
                defaults={
                    "site": found.link.site,
                    "kind": found.link.kind,
                    "address": found.link.address,
                    "title": found.link.title.zh,
                },
            )
