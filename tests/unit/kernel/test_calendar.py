"""Working days of China: published years, make-up workdays, declared days, and the years to come."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.calendar import (
    LAST_DAY,
    Beyond,
    CalendarOutOfRange,
    CalendarOverride,
    DayKind,
    Hours,
    WorkCalendar,
)
from yiwang.kernel.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "kind", "working"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY, False),
        (date(2026, 9, 20), DayKind.MAKE_UP_WORKDAY, True),
        (date(2026, 10, 10), DayKind.MAKE_UP_WORKDAY, True),
        (date(2026, 10, 11), DayKind.WEEKEND, False),
        (date(2026, 10, 12), DayKind.WORKDAY, True),
        (date(2026, 2, 14), DayKind.MAKE_UP_WORKDAY, True),
    ],
)
def test_published_days(day: date, kind: DayKind, working: bool) -> None:
    shown = CHINA.day(day)
    assert (shown.kind, shown.working, shown.assumed) == (kind, working, False)


def test_reasons_are_in_both_languages() -> None:
    assert CHINA.day(date(2026, 9, 20)).reason == Text("国庆节调休上班", "Make-up workday for National Day")
    assert CHINA.day(date(2026, 2, 17)).reason == Text("春节放假", "Spring Festival holiday")


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_every_published_day_is_the_library_s(day: date) -> None:
    assert CHINA.is_working(day) == chinese_calendar.is_workday(day)


@given(st.dates(date(2027, 1, 1), LAST_DAY))
def test_unpublished_years_are_plain_weeks_and_say_so(day: date) -> None:
    shown = CHINA.day(day)
    assert shown.assumed
    assert shown.working == (day.weekday() < 5)


def test_a_calendar_that_refuses_names_the_day() -> None:
    strict = WorkCalendar(key="strict", beyond=Beyond.REFUSE)
    assert strict.is_working(date(2026, 12, 31))
    with pytest.raises(CalendarOutOfRange) as refused:
        strict.is_working(date(2027, 1, 1))
    assert refused.value.code == "kernel.calendar_out_of_range"
    assert refused.value.sentence.en == (
        "The calendar “strict” does not reach 2027-01-01. Publish that year's holidays first."
    )


def test_a_city_declares_days_and_years() -> None:
    games = CalendarOverride(date=date(2026, 11, 12), working=False, reason=Text("亚运会开幕", "Games open"))
    new_year = CalendarOverride(date=date(2027, 1, 1), working=False, reason=Text("元旦", "New Year"))
    city = WorkCalendar(key="gz", version=2, overrides=[games, new_year], declared_years=[2027])
    assert not city.is_working(date(2026, 11, 12))
    assert city.day(date(2026, 11, 12)).kind is DayKind.DECLARED_FREE
    assert city.day(date(2026, 11, 12)).reason.zh == "亚运会开幕"
    assert not city.is_assumed(date(2027, 6, 1))
    assert city.is_assumed(date(2028, 6, 1))
    assert CHINA.is_working(date(2026, 11, 12))


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2045, 1, 1)])
def test_outside_the_tables(day: date) -> None:
    with pytest.raises(CalendarOutOfRange):
        CHINA.is_working(day)


@given(st.dates(date(2004, 1, 1), date(2030, 1, 1)), st.integers(0, 300))
def test_prefix_sums_agree_with_counting(start: date, length: int) -> None:
    days = [start + timedelta(days=i) for i in range(length)]
    first = start.toordinal()
    counted = CHINA.working_days_before(first + length) - CHINA.working_days_before(first)
    assert counted == sum(CHINA.is_working(day) for day in days)


@given(st.datetimes(datetime(2005, 1, 1), datetime(2030, 1, 1)))
def test_working_time_and_back(moment: datetime) -> None:
    amount = CHINA.working_time(moment.replace(tzinfo=SHANGHAI))
    back = CHINA.at_working_time(amount)
    assert back <= moment.replace(tzinfo=SHANGHAI)
    assert CHINA.working_time(back) == amount
    assert CHINA.working_time(back - timedelta(microseconds=1)) == amount - 1


def test_hours_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        Hours(spans=((time(9), time(12)), (time(11), time(17))))
    with pytest.raises(ValueError, match="in order"):
        Hours(spans=())


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        CHINA.working_time(datetime(2026, 1, 5, 9))
