"""Freshness, veto items and the twenty working days against oracles that walk day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.calendar import WorkCalendar
from yiwang.portal.publishing.definitions import ColumnKind, FreshnessRules, Term
from yiwang.portal.publishing.rules.freshness import Column, Freshness, State, freshness
from yiwang.portal.publishing.rules.proactive import Publication, PublicationState, publication
from yiwang.portal.publishing.rules.veto import OpenLetter, SiteState, Veto, VetoItem, veto_items

CALENDAR = WorkCalendar()
RULES = FreshnessRules()
ON = date(2026, 11, 22)
DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 1, 1), date(2026, 6, 30))


def column(key: str, kind: ColumnKind, changed_on: date | None, opened_on: date = date(2020, 1, 1)) -> Column:
    return Column(key=key, kind=kind, opened_on=opened_on, changed_on=changed_on)


def slow_end(start: date, term: Term) -> date:
    """Walk to the end of a term: by days, or to the next months until one has the day."""
    day, number = start, start.day
    if term.unit in {"days", "weeks"}:
        for _ in range(term.amount * (7 if term.unit == "weeks" else 1)):
            day += DAY
        return day
    for _ in range(term.amount * (12 if term.unit == "years" else 1)):
        month = day.month
        while day.month == month:
            day += DAY
    month = day.month
    while day.day < number and (day + DAY).month == month:
        day += DAY
    return day


def slow_working(day: date, days: int) -> date:
    while days:
        day += DAY
        days -= CALENDAR.is_working(day)
    return day


TERMS = st.builds(
    Term,
    amount=st.integers(1, 14),
    unit=st.sampled_from(["days", "weeks", "months", "years"]),
    grace_days=st.integers(0, 12),
    warn_days=st.integers(0, 10),
)


@given(DAYS, TERMS, st.integers(-12, 25))
def test_b28_a_column_is_warned_and_overdue_on_the_days_that_one_counts(changed_on, term, off):
    last_day = slow_end(changed_on, term)
    overdue_from = slow_working(last_day, term.grace_days) + DAY
    on = last_day + off * DAY
    news = column("news", ColumnKind.NEWS, changed_on)

    state = State.OK
    if on in {last_day - step * DAY for step in range(term.warn_days)} or last_day < on:
        state = State.WARN
    if on >= overdue_from:
        state = State.OVERDUE

    rules = FreshnessRules(terms={ColumnKind.NEWS: term})
    assert freshness(news, rules=rules, on=on, calendar=CALENDAR) == Freshness(
        column=news,
        state=state,
        last_day=last_day,
        overdue_from=overdue_from,
        days_over=sum(overdue_from + step * DAY <= on for step in range(60)),
    )


def test_b28_grace_of_working_days_spans_the_national_holiday():
    rules = FreshnessRules(terms={ColumnKind.HOME: Term(amount=2, unit="weeks", grace_days=2)})
    home = column("home", ColumnKind.HOME, date(2025, 9, 16))

    # The term ends on 30 September 2025; 1 to 8 October are free, 9 and 10 are the two working days.
    fresh = freshness(home, rules=rules, on=date(2025, 10, 10), calendar=CALENDAR)

    assert (fresh.state, fresh.last_day, fresh.overdue_from) == (
        State.WARN,
        date(2025, 9, 30),
        date(2025, 10, 11),
    )


def test_b28_standing_facts_never_grow_old_and_an_empty_column_counts_from_its_opening():
    standing = column("agency", ColumnKind.STANDING, date(2020, 1, 1))
    empty = column("news", ColumnKind.NEWS, None, opened_on=ON - 15 * DAY)

    assert freshness(standing, rules=RULES, on=ON, calendar=CALENDAR).state is State.OK
    assert freshness(empty, rules=RULES, on=ON - DAY, calendar=CALENDAR).state is State.WARN
    assert freshness(empty, rules=RULES, on=ON, calendar=CALENDAR).state is State.OVERDUE


def test_b28_veto_items_of_a_neglected_site():
    site = SiteState(
        probes=40,
        failed_probes=2,
        columns=(
            column("home", ColumnKind.HOME, ON - 15 * DAY),
            *(column(f"news{n}", ColumnKind.NEWS, ON - 20 * DAY) for n in range(9)),
            column("empty", ColumnKind.NEWS, None),
        ),
        serious_errors=(),
        letters=(
            OpenLetter(key="old", received_on=date(2026, 8, 21), answered_on=None),
            OpenLetter(key="just", received_on=date(2026, 8, 22), answered_on=None),
            OpenLetter(key="answered", received_on=date(2026, 3, 1), answered_on=date(2026, 11, 1)),
            OpenLetter(key="long ago", received_on=date(2025, 11, 21), answered_on=None),
        ),
    )

    news = tuple(f"news{n}" for n in range(9))
    assert veto_items(site, rules=RULES, on=ON, calendar=CALENDAR) == (
        VetoItem(item=Veto.SITE_DOWN, state=State.OVERDUE, count=5, threshold=5),
        VetoItem(item=Veto.HOME_NOT_UPDATED, state=State.OVERDUE, count=1, threshold=1, keys=("home",)),
        VetoItem(item=Veto.COLUMNS_NOT_UPDATED, state=State.WARN, count=9, threshold=10, keys=news),
        VetoItem(item=Veto.COLUMNS_EMPTY, state=State.WARN, count=1, threshold=5, keys=("empty",)),
        VetoItem(item=Veto.SERIOUS_ERRORS, state=State.OK, count=0, threshold=1),
        VetoItem(item=Veto.NOT_ANSWERED, state=State.OVERDUE, count=1, threshold=1, keys=("old",)),
    )


@given(st.integers(0, 60), st.integers(0, 60))
def test_b28_a_site_is_down_from_its_percentage_on_when_tried_often_enough(probes, failed):
    failed = min(failed, probes)
    site = SiteState(probes=probes, failed_probes=failed, columns=(), serious_errors=(), letters=())

    state = veto_items(site, rules=RULES, on=ON, calendar=CALENDAR)[0].state

    assert (state is State.OVERDUE) is (probes >= 20 and failed / probes >= 0.05)


@given(DAYS, st.one_of(st.none(), st.integers(-3, 50)), st.integers(0, 50))
def test_b19_twenty_working_days_as_one_counts_them(changed_on, published_after, seen_after):
    last_day = slow_working(changed_on, 20)
    on = changed_on + seen_after * DAY
    published_on = None if published_after is None else changed_on + published_after * DAY

    is_out = published_on is not None and published_after >= 0 and published_on <= on
    seen = published_on if is_out else on
    if is_out:
        state = PublicationState.IN_TIME if seen <= last_day else PublicationState.LATE
    elif seen > last_day:
        state = PublicationState.OVERDUE
    else:
        state = PublicationState.WARN if slow_working(seen, 5) > last_day else PublicationState.OK
    result = publication(changed_on=changed_on, published_on=published_on, on=on, calendar=CALENDAR)

    assert (result.state, result.last_day, result.assumed) == (state, last_day, False)
    if seen <= last_day:
        assert result.days_left == sum(
            CALENDAR.is_working(seen + step * DAY) for step in range(1, (last_day - seen).days + 1)
        )
    else:
        walked = sum(CALENDAR.is_working(last_day + n * DAY) for n in range(1, (seen - last_day).days + 1))
        assert result.days_left == -max(walked, 1)


@pytest.mark.parametrize(
    ("on", "state", "left"),
    [
        (date(2025, 10, 17), PublicationState.WARN, 3),
        (date(2025, 10, 22), PublicationState.WARN, 0),
        (date(2025, 10, 23), PublicationState.OVERDUE, -1),
    ],
)
def test_b19_the_national_holiday_and_its_make_up_days_count_as_worked(on, state, left):
    # Formed on Thursday 18 September 2025: 28 September and 11 October are worked, 1 to 8 October free.
    result = publication(changed_on=date(2025, 9, 18), published_on=None, on=on, calendar=CALENDAR)

    assert result == Publication(state=state, last_day=date(2025, 10, 22), days_left=left, assumed=False)


def test_b19_a_day_in_a_year_without_a_notice_is_only_assumed():
    result = publication(changed_on=date(2026, 12, 20), published_on=None, on=ON, calendar=CALENDAR)

    assert result.assumed
