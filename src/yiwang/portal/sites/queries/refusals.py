"""Ordered publications that were refused at their time, for those who edit the site."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import RefusedOrder
from yiwang.portal.sites.models import PageTerms
from yiwang.portal.sites.queries.sites import site_to_edit, sites_to_edit

_MOST_SHOWN = 20


def refused_orders(actor: Actor, site: str) -> tuple[RefusedOrder, ...]:
    """The latest of a site that nobody has dealt with: published since, or ordered anew.

    Raises:
        SiteNotFound, OperationNotAllowed: no such site, or another's.
    """
    rows = _refused([site_to_edit(actor, site).code]).select_related("page").order_by("-refused_at")
    return tuple(
        RefusedOrder(
            site=site,
            page=row.page_id,
            title=row.page.draft_title,
            refused_at=row.refused_at,
            why=text_from(row.refusal),
        )
        for row in rows[:_MOST_SHOWN]
        if row.refused_at is not None
    )


def count_refused_orders(actor: Actor) -> int:
    """How many there are on all sites that the actor edits."""
    return _refused(site.code for site in sites_to_edit(actor)).count()


def _refused(sites: Iterable[str]) -> QuerySet[PageTerms]:
    return PageTerms.objects.filter(refused_at__isnull=False, page__site__code__in=list(sites))
