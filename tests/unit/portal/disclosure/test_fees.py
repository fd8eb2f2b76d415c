"""B14: the fee, against counting each item and page by hand."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.calendar import WorkCalendar
from yiwang.portal.disclosure.rules.fees import FeeWay, fee, fee_dates, has_lapsed, items_before

ZONE = ZoneInfo("Asia/Shanghai")


def _item(place: int) -> int:
    if place <= 10:
        return 0
    rate, last = 100, 30
    while place > last:
        rate, last = rate + 100, last + 10
    return rate


def _page(place: int) -> int:
    return [0, 10, 20, 40][(place > 30) + (place > 100) + (place > 200)]


@given(quantity=st.integers(1, 400), before=st.integers(0, 200))
def test_b14_items_cost_what_each_costs(quantity: int, before: int) -> None:
    made = fee(FeeWay.BY_ITEM, quantity, before=before)

    assert made.total == sum(_item(place) for place in range(before + 1, before + quantity + 1))
    assert [place for line in made.lines for place in range(line.first, line.last + 1)] == list(
        range(before + 1, before + quantity + 1)
    )


@given(quantity=st.integers(1, 3_000))
def test_b14_pages_cost_what_each_costs(quantity: int) -> None:
    assert fee(FeeWay.BY_PAGE, quantity).total == sum(_page(place) for place in range(1, quantity + 1))


@given(first=st.integers(1, 60), second=st.integers(1, 60))
def test_b14_cutting_a_request_in_two_saves_nothing(first: int, second: int) -> None:
    whole = fee(FeeWay.BY_ITEM, first + second).total
    parts = fee(FeeWay.BY_ITEM, first).total + fee(FeeWay.BY_ITEM, second, before=first).total

    assert whole == parts


@pytest.mark.parametrize(
    ("way", "quantity", "yuan"),
    [
        (FeeWay.BY_ITEM, 10, 0),
        (FeeWay.BY_ITEM, 11, 100),
        (FeeWay.BY_ITEM, 30, 2_000),
        (FeeWay.BY_ITEM, 31, 2_200),
        (FeeWay.BY_ITEM, 41, 4_300),
        (FeeWay.BY_PAGE, 30, 0),
        (FeeWay.BY_PAGE, 31, 10),
        (FeeWay.BY_PAGE, 100, 700),
        (FeeWay.BY_PAGE, 200, 2_700),
        (FeeWay.BY_PAGE, 201, 2_740),
    ],
)
def test_b14_the_edges_of_the_bands(way: FeeWay, quantity: int, yuan: int) -> None:
    assert fee(way, quantity).total == yuan


def test_b14_never_both_and_never_nothing() -> None:
    with pytest.raises(ValueError, match="only items"):
        fee(FeeWay.BY_PAGE, 10, before=3)
    with pytest.raises(ValueError, match="at least one"):
        fee(FeeWay.BY_ITEM, 0)


def test_b14_items_are_counted_by_calendar_month() -> None:
    others = [(date(2026, 10, 31), 8), (date(2026, 11, 1), 3), (date(2025, 11, 2), 9), (date(2026, 11, 5), 4)]

    assert items_before(date(2026, 11, 30), others) == 7


def test_b14_notice_and_payment_have_twenty_working_days_each() -> None:
    calendar = WorkCalendar()
    received = datetime(2026, 9, 14, 10, tzinfo=ZONE)
    notified = datetime(2026, 9, 22, 15, tzinfo=ZONE)
    dates = fee_dates(calendar, received=received, notified=notified)

    assert dates.notice_due.date() == _naive(calendar, received.date(), 20)
    assert dates.pay_by is not None
    assert dates.pay_by.date() == _naive(calendar, notified.date(), 20)
    assert not has_lapsed(dates.pay_by, paid=None, at=dates.pay_by)
    assert has_lapsed(dates.pay_by, paid=None, at=datetime(2026, 12, 1, tzinfo=ZONE))
    assert not has_lapsed(dates.pay_by, paid=dates.pay_by, at=datetime(2026, 12, 1, tzinfo=ZONE))
    assert fee_dates(calendar, received=received, notified=None).pay_by is None


def _naive(calendar: WorkCalendar, day: date, count: int) -> date:
    while count:
        day = date.fromordinal(day.toordinal() + 1)
        count -= calendar.is_working(day)
    return day
