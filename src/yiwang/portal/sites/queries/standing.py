"""How a site stands: when its columns last changed, and its published pages for whoever checks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from yiwang.portal.sites.contracts import Content, PageLink
from yiwang.portal.sites.models import ArticlePage, ColumnPage, HomePage, SitePage
from yiwang.portal.sites.page_kinds import structure_models
from yiwang.portal.sites.queries.pages import link_of
from yiwang.portal.sites.writing import content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDays:
    """A published column, or a site's first page: since when it is there, when what it lists last changed.

    ``changed_on`` is the latest date that readers see below it, but no later than the day on which that page
    went out; None while there is no page.
    """

    link: PageLink
    is_home: bool
    opened_on: date
    changed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePage:
    """A published page with what it says."""

    link: PageLink
    published_at: datetime
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class OutDay:
    """A published page that is no list: the column above it, the date it bears, when it first went out."""

    link: PageLink
    column: str
    issuer: str
    document_number: str
    first_out: date


def column_days(site: str) -> tuple[ColumnDays, ...]:
    """The first page of a site and its columns, in the order of the tree."""
    rows = SitePage.objects.live().filter(site__code=site, site__active=True)
    below = [
        (path, min(day, out) if day else out)
        for path, day, moment in rows.not_type(*structure_models()).values_list(
            "path", "day", "last_published_at"
        )
        if (out := _day(moment)) is not None
    ]
    lists = rows.type(HomePage, ColumnPage).select_related("content_type").order_by("path")
    return tuple(
        ColumnDays(
            link=link,
            is_home=link.kind == "home",
            opened_on=_day(row.first_published_at) or date.min,
            changed_on=max((day for path, day in below if path.startswith(row.path)), default=None),
        )
        for row in lists
        for link in (link_of(row),)
    )


def live_pages(pages: Iterable[int]) -> tuple[LivePage, ...]:
    """Published pages by id, with what they say."""
    rows = SitePage.objects.live().filter(pk__in=list(pages), site__active=True).specific()
    return tuple(
        LivePage(link=link_of(row), published_at=row.last_published_at, content=content_of(row))
        for row in rows.order_by("pk")
        if row.last_published_at is not None
    )


def out_days(site: str) -> tuple[OutDay, ...]:
    """The published pages of a site that are no lists, in the order of the tree."""
    rows = SitePage.objects.live().filter(site__code=site, site__active=True).not_type(*structure_models())
    said = {
        pk: (issuer, number)
        for pk, issuer, number in ArticlePage.objects.filter(site__code=site).values_list(
            "pk", "issuer", "document_number"
        )
    }
    return tuple(
        OutDay(
            link=link,
            column=link.address.rpartition("/")[0],
            issuer=said.get(row.pk, ("", ""))[0],
            document_number=said.get(row.pk, ("", ""))[1],
            first_out=first,
        )
        for row in rows.select_related("content_type").order_by("path")
        if (first := _day(row.first_published_at)) is not None
        for link in (link_of(row),)
    )


def _day(moment: datetime | None) -> date | None:
    return localdate(moment) if moment is not None else None
