"""B8: the working days of 2024 to 2026 against the notices of the State Council's general office.

Typed from the notices (of October 2023, November 2024 and 4 November 2025, 《…部分节假日安排的通知》), not
from the library that the calendar reads; the last was read in a public copy, the others are from memory.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from yiwang.kernel.calendar import CalendarOverride, DayKind, WorkCalendar
from yiwang.kernel.clock.counting import due_at
from yiwang.kernel.clock.state import Budget, ClockState, Unit
from yiwang.kernel.text import Text

CHINA = WorkCalendar()
#: First and last day off of each holiday, as the notice says them.
OFF = {
    2024: ["1.1-1.1", "2.10-2.17", "4.4-4.6", "5.1-5.5", "6.10-6.10", "9.15-9.17", "10.1-10.7"],
    2025: ["1.1-1.1", "1.28-2.4", "4.4-4.6", "5.1-5.5", "5.31-6.2", "10.1-10.8"],
    2026: ["1.1-1.3", "2.15-2.23", "4.4-4.6", "5.1-5.5", "6.19-6.21", "9.25-9.27", "10.1-10.7"],
}
#: Saturdays and Sundays that are worked.
WORKED = {
    2024: ["2.4", "2.18", "4.7", "4.28", "5.11", "9.14", "9.29", "10.12"],
    2025: ["1.26", "2.8", "4.27", "9.28", "10.11"],
    2026: ["1.4", "2.14", "2.28", "5.9", "9.20", "10.10"],
}


def _day(year: int, written: str) -> date:
    month, number = written.split(".")
    return date(year, int(month), int(number))


def _off(year: int) -> set[date]:
    found = set()
    for span in OFF[year]:
        first, last = (_day(year, each) for each in span.split("-"))
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


@pytest.mark.parametrize("year", OFF)
def test_b8_each_day_of_the_year_is_what_the_notice_says(year: int):
    off, worked = _off(year), {_day(year, each) for each in WORKED[year]}
    first, length = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    days = [first + timedelta(days=n) for n in range(length)]

    said = {day: day in worked or (day.weekday() < 5 and day not in off) for day in days}
    wrong = {day for day in days if CHINA.is_working(day) != said[day]}

    assert wrong == set()
    assert {day for day in days if CHINA.day(day).kind is DayKind.MAKE_UP_WORKDAY} == worked
    assert all(day.weekday() >= 5 for day in worked)


def _due(received: date, calendar: WorkCalendar) -> date:
    """Twenty working days from the day after the receipt (Art. 33 of Order 711)."""
    started = datetime(received.year, received.month, received.day, 10, tzinfo=calendar.zone)
    due = due_at(ClockState(budget=Budget(20, Unit.WORKING_DAYS), started_at=started), calendar)
    assert due is not None
    return due.astimezone(calendar.zone).date()


def test_b8_the_limit_counts_make_up_days_and_leaves_holidays_out():
    # By the notice of 2026: 18 (Fri), 20 (Sun, worked), 21-24, 28-30 September, 8-10 (Sat, worked),
    # 12-16, 19-21 October are twenty; 25-27 September and 1-7 October are off.
    assert _due(date(2026, 9, 17), CHINA) == date(2026, 10, 21)


def test_b8_a_later_notice_moves_the_day():
    moved = CalendarOverride(date=date(2026, 10, 10), working=False, reason=Text("停止上班", "Closed"))
    assert _due(date(2026, 9, 17), WorkCalendar(overrides=[moved])) == date(2026, 10, 22)
