"""What happened in a period, thing by thing: cases, letters, items of the catalogue, days of sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from yiwang.cases.api import city_calendar, publishable_types, reply_spans
from yiwang.kernel.text import Text, text_from
from yiwang.portal.assessing.contracts import Measured
from yiwang.portal.assessing.definitions import Measure
from yiwang.portal.assessing.rules.periods import Period
from yiwang.portal.disclosure.report.gathering import TYPE
from yiwang.portal.openness.models import Item, Link
from yiwang.portal.openness.rules.links import ItemKind, Need, missing
from yiwang.portal.publishing.rules.freshness import State
from yiwang.portal.publishing.rules.proactive import WORKING_DAYS, PublicationState, publication
from yiwang.portal.sites.api import list_sites
from yiwang.portal.watching.models import SiteDay
from yiwang.portal.watching.queries.seeing import midnight

#: An item made so many days before a period may fall due in it, over the longest holidays.
_BEFORE = timedelta(days=3 * WORKING_DAYS)


def measured_in(period: Period, *, on: date) -> tuple[Measured, ...]:
    """Everything that counts in a period, as of a day; what is not due yet does not count."""
    until = min(period.last, on)
    if until < period.first:
        return ()
    return tuple(
        one
        for measure in (_requests, _letters, _publications, _policies, _site_days)
        for one in measure(period.first, until)
    )


def _requests(first: date, until: date) -> Iterator[Measured]:
    yield from _cases(Measure.REQUESTS_ON_TIME, (TYPE,), first, until)


def _letters(first: date, until: date) -> Iterator[Measured]:
    yield from _cases(Measure.LETTERS_ON_TIME, publishable_types(), first, until)


def _cases(measure: Measure, types: Collection[str], first: date, until: date) -> Iterator[Measured]:
    """Cases with a limit: in time or late when they ended, late on the day after the limit while open."""
    since, end = midnight(first), midnight(until + timedelta(days=1))
    for span in reply_spans(types=types, since=since, until=end):
        if span.ended_at is not None and span.on_time is not None and span.ended_at < end:
            day, good = localdate(span.ended_at), span.on_time
        elif span.due_at is not None and since <= span.due_at < end and span.on_time is not True:
            day, good = localdate(span.due_at), False
        else:
            continue
        yield Measured(
            measure=measure,
            organisation=span.organisation,
            good=good,
            day=day,
            title=Text(span.number, span.number),
            href=reverse("desk:case", args=[span.number]),
        )


def _publications(first: date, until: date) -> Iterator[Measured]:
    """Items that went out in the period, and those whose last day passed in it without."""
    calendar = city_calendar()
    for row in Item.objects.filter(made_on__gte=first - _BEFORE, made_on__lte=until).order_by(
        "made_on", "pk"
    ):
        out = localdate(row.published_at) if row.published_at else None
        stands = publication(changed_on=row.made_on, published_on=out, on=until, calendar=calendar)
        is_out = stands.state in {PublicationState.IN_TIME, PublicationState.LATE}
        day = out if is_out and out is not None else stands.last_day + timedelta(days=1)
        if first <= day <= until and (is_out or stands.state is PublicationState.OVERDUE):
            good = stands.state is PublicationState.IN_TIME
            yield _item(Measure.PUBLISHED_IN_TIME, row, day, good=good)


def _policies(first: date, until: date) -> Iterator[Measured]:
    """Policy files that went out in the period, as they are linked now."""
    rows = list(
        Item.objects.filter(
            kind=ItemKind.POLICY,
            published_at__gte=midnight(first),
            published_at__lt=midnight(until + timedelta(days=1)),
        ).order_by("published_at", "pk")
    )
    counts: dict[int, Counter[Need]] = {}
    links = Link.objects.filter(policy__in=rows).exclude(item__isnull=False, item__published_at__isnull=True)
    for policy, need in links.values_list("policy_id", "need"):
        counts.setdefault(policy, Counter())[Need(need)] += 1
    for row in rows:
        good = not missing(counts.get(row.pk, Counter()), row.not_needed)
        yield _item(Measure.POLICIES_LINKED, row, localdate(row.published_at), good=good)


def _item(measure: Measure, row: Item, day: date, *, good: bool) -> Measured:
    return Measured(
        measure=measure,
        organisation=row.organisation,
        good=good,
        day=day,
        title=text_from(row.title),
        href=reverse("openness:item", args=[row.pk]) if row.published_at else "",
    )


def _site_days(first: date, until: date) -> Iterator[Measured]:
    sites = {site.code: site for site in list_sites()}
    rows = SiteDay.objects.filter(site__in=sites, day__gte=first, day__lte=until).order_by("day", "site")
    for row in rows:
        address = reverse("watching:site", args=[row.site])
        yield Measured(
            measure=Measure.SITE_FRESH,
            organisation=sites[row.site].organisation,
            good=row.state != State.OVERDUE,
            day=row.day,
            title=sites[row.site].title,
            href=f"{address}?day={row.day}",
        )
