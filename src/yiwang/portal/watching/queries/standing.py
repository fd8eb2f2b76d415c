"""How the sites within an officer's reach stand, today or on a past day; what he was told."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.portal.publishing.rules.freshness import State
from yiwang.portal.sites.api import get_site, list_sites
from yiwang.portal.sites.contracts import SiteView
from yiwang.portal.watching.contracts import (
    AlertView,
    DayNotTaken,
    FindingView,
    Item,
    ItemDayView,
    SiteDayView,
    Stage,
)
from yiwang.portal.watching.models import Alert, Finding, SiteDay
from yiwang.portal.watching.operations import READ

_MOST = 500


def watched_sites(actor: Actor) -> tuple[SiteView, ...]:
    """The sites whose standing the actor sees: the own one, or all within the reach of a watcher."""
    return tuple(site for site in list_sites() if _covers(actor, site))


def watched_site(actor: Actor, code: str) -> SiteView:
    """One of them; raises SiteNotFound or OperationNotAllowed."""
    site = get_site(code)
    if not _covers(actor, site):
        raise OperationNotAllowed(operation=READ)
    return site


def site_days(sites: tuple[SiteView, ...], *, on: date) -> dict[str, SiteDayView]:
    """How sites stood on a day, by code; those that were not looked at are left out."""
    rows = SiteDay.objects.filter(site__in=[site.code for site in sites], day=on).prefetch_related("items")
    return {row.site: _view(row) for row in rows}


def site_day(site: SiteView, *, on: date) -> SiteDayView:
    """How a site stood on a day; raises DayNotTaken."""
    row = SiteDay.objects.filter(site=site.code, day=on).prefetch_related("items").first()
    if row is None:
        raise DayNotTaken
    return _view(row)


def past_days(site: SiteView, *, most: int = 14) -> tuple[SiteDayView, ...]:
    """The days of a site that were looked at, the latest first."""
    rows = SiteDay.objects.filter(site=site.code).order_by("-day").prefetch_related("items")
    return tuple(map(_view, rows[:most]))


def days_known(sites: tuple[SiteView, ...], *, most: int = 60) -> tuple[date, ...]:
    """The days on which any of these sites was looked at, the latest first."""
    rows = SiteDay.objects.filter(site__in=[site.code for site in sites])
    return tuple(rows.values_list("day", flat=True).distinct().order_by("-day")[:most])


def findings_of(site: SiteView, *, on: date) -> tuple[FindingView, ...]:
    """What was open at the end of a day, the most urgent first."""
    open_then = Q(found_on__lte=on) & (Q(mended_on=None) | Q(mended_on__gt=on))
    rows = Finding.objects.filter(open_then, site=site.code).order_by("until", "item", "pk")[:_MOST]
    return tuple(_finding(row, on) for row in rows)


def open_counts(sites: tuple[SiteView, ...], *, on: date) -> dict[str, tuple[int, date]]:
    """How much was open on a day and the first day by which something is due, by site."""
    open_then = Q(found_on__lte=on) & (Q(mended_on=None) | Q(mended_on__gt=on))
    found: dict[str, tuple[int, date]] = {}
    rows = Finding.objects.filter(open_then, site__in=[site.code for site in sites])
    for site, until in rows.values_list("site", "until"):
        count, first = found.get(site, (0, until))
        found[site] = (count + 1, min(first, until))
    return found


def site_alerts(actor: Actor, *, on: date, only_new: bool = True, most: int = 100) -> tuple[AlertView, ...]:
    """The officer's own, of sites still within reach, the newest first."""
    rows = Alert.objects.filter(account_id=actor.account_id or 0).select_related("finding").order_by("-pk")
    if only_new:
        rows = rows.filter(seen_at=None)
    reach = {site.code for site in watched_sites(actor)}
    return tuple(
        AlertView(
            id=row.pk,
            site=row.finding.site,
            stage=Stage(row.stage),
            at=row.at,
            is_new=row.seen_at is None,
            finding=_finding(row.finding, on),
        )
        for row in rows.filter(finding__site__in=reach)[:most]
    )


def count_new_alerts(actor: Actor) -> int:
    """The figure in the menu."""
    return Alert.objects.filter(account_id=actor.account_id or 0, seen_at=None).count()


def _covers(actor: Actor, site: SiteView) -> bool:
    return guard().covers(actor, READ, Scope(organisations=(site.organisation,)))


def _view(row: SiteDay) -> SiteDayView:
    order = {item: place for place, item in enumerate(Item)}
    views = (
        ItemDayView(item=Item(one.item), state=State(one.state), count=one.count, threshold=one.threshold)
        for one in row.items.all()
    )
    return SiteDayView(
        site=row.site,
        day=row.day,
        taken_at=row.taken_at,
        state=State(row.state),
        items=tuple(sorted(views, key=lambda one: order[one.item])),
    )


def _finding(row: Finding, on: date) -> FindingView:
    return FindingView(
        id=row.pk,
        item=Item(row.item),
        key=row.key,
        page=row.page,
        place=Text(**row.place),
        text=Text(**row.text),
        found_on=row.found_on,
        until=row.until,
        state=State.OVERDUE if on > row.until else State.WARN,
    )
