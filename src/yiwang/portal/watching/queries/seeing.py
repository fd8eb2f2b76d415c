"""What can be seen of a site today: its tries, columns, letters, errors and links."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.timezone import localdate

from yiwang.cases.api import publishable_types, reply_spans
from yiwang.kernel.text import Text
from yiwang.portal.publishing.api import RulesInForce
from yiwang.portal.publishing.definitions import ColumnKind, FreshnessRules
from yiwang.portal.publishing.rules.columns import kind_of_column
from yiwang.portal.publishing.rules.freshness import Column, months_later
from yiwang.portal.publishing.rules.veto import OpenLetter
from yiwang.portal.sites.api import column_days, dead_among
from yiwang.portal.sites.contracts import SiteView
from yiwang.portal.watching.models import CheckedPage, ProbeDay
from yiwang.portal.watching.rules.wrongs import Fault, Seen

ZONE = ZoneInfo("Asia/Shanghai")
_LONGEST = 200
_DEAD = Text("链接打不开：{url}", "this link leads nowhere: {url}")


def seen_of(site: SiteView, *, on: date, rules: RulesInForce) -> Seen:
    """All that the rules want to know of a site."""
    columns = column_days(site.code)
    tries, failed = probes_of(site.code, on=on, days=rules.freshness.probe_days)
    return Seen(
        probes=tries,
        failed_probes=failed,
        columns=tuple(
            Column(
                key=column.link.address or "home",
                kind=ColumnKind.HOME
                if column.is_home
                else kind_of_column(site.code, column.link.address, rules.columns),
                opened_on=column.opened_on,
                changed_on=column.changed_on,
            )
            for column in columns
        ),
        names={column.link.address or "home": column.link.title for column in columns},
        pages={column.link.address or "home": column.link.id for column in columns},
        errors=_errors(site.code),
        links=_dead_links(site.code),
        letters=letters_of(site, on=on, rules=rules.freshness),
    )


def probes_of(site: str, *, on: date, days: int) -> tuple[int, int]:
    """Tries of the first page, and how many of them failed, in the days up to one."""
    rows = ProbeDay.objects.filter(site=site, day__gt=on - timedelta(days=days), day__lte=on)
    found = rows.aggregate(tries=Sum("tries"), failed=Sum("failed"))
    return found["tries"] or 0, found["failed"] or 0


def letters_of(site: SiteView, *, on: date, rules: FreshnessRules) -> tuple[OpenLetter, ...]:
    """The letters to the organisation of a site; of one that ended without an answer nobody waits for one."""
    since = months_later(on, -rules.look_back_months)
    spans = reply_spans(
        types=publishable_types(),
        since=midnight(since),
        until=midnight(on + timedelta(days=1)),
        organisation=site.organisation,
    )
    return tuple(
        OpenLetter(
            key=span.number,
            received_on=localdate(span.received_at),
            answered_on=localdate(span.ended_at) if span.ended_at else None,
        )
        for span in spans
    )


def midnight(day: date) -> datetime:
    """The first instant of a day in the city."""
    return datetime.combine(day, time(), ZONE)


def _errors(site: str) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            key=f"{row.page}.{number}.{said['rule']}",
            page=row.page,
            place=Text(said["where_zh"], said["where_en"]),
            text=Text(said["zh"], said["en"]),
        )
        for row in CheckedPage.objects.filter(site=site).exclude(serious=[]).order_by("page")
        for number, said in enumerate(row.serious)
    )


def _dead_links(site: str) -> tuple[Fault, ...]:
    rows = list(CheckedPage.objects.filter(site=site).exclude(links=[]).order_by("page"))
    dead = dead_among(url for row in rows for url, _, _ in row.links)
    return tuple(
        Fault(
            key=f"{row.page}.{number}",
            page=row.page,
            place=Text(zh, en),
            text=_DEAD.fill(url=url if len(url) <= _LONGEST else f"{url[:_LONGEST]}…"),
        )
        for row in rows
        for number, (url, zh, en) in enumerate(row.links)
        if url in dead
    )
