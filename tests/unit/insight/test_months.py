"""Months of the city as spans of instants."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.insight.rules.months import Month, month_of, read_month


def test_a_month_begins_at_midnight_in_the_city():
    march = Month(2026, 3)

    assert march.since.astimezone(UTC) == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert march.until.astimezone(UTC) == datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert (march.title.zh, march.title.en) == ("2026年3月", "March 2026")


def test_the_last_instant_of_december_is_not_january():
    assert month_of(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)) == Month(2026, 12)
    assert month_of(datetime(2026, 12, 31, 16, tzinfo=UTC)) == Month(2027, 1)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_before_and_after_lead_back(day):
    month = Month(day.year, day.month)

    assert month.next.previous == month
    assert month.previous.next == month
    assert read_month(month.key) == month
    assert month.previous.until == month.since


@pytest.mark.parametrize(
    "written", ["", "2026", "2026-13", "2026-0", "1999-01", "2026-03-01", "../..", "二〇二六"]
)
def test_anything_else_is_no_month(written):
    assert read_month(written) is None
