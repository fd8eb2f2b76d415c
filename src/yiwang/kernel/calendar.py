"""Working days and working hours of one calendar, as tables that answer in constant time.

The national days come from the yearly notice of the State Council's general office on holidays (the
library ``chinese_calendar`` keeps 2004-2026, with the make-up workdays). A city declares its own days
over them. Next year's notice appears only in autumn, while clocks run across the new year: beyond the
published years a calendar either refuses or counts plain Monday to Friday and marks each such day as
assumed, so that everybody sees that the date may still move.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar
from zoneinfo import ZoneInfo

import chinese_calendar

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text

FIRST_DAY = date(2004, 1, 1)
# Far enough for any licence that is counted in working days; the tables then hold 14,975 days.
LAST_DAY = date(2044, 12, 31)
_FIRST = FIRST_DAY.toordinal()
_DAYS = LAST_DAY.toordinal() - _FIRST + 1

PUBLISHED_YEARS = frozenset(day.year for day in chinese_calendar.holidays)


class DayKind(StrEnum):
    """Why a day is or is not a working day."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_WORKDAY = "make_up_workday"
    DECLARED_WORKING = "declared_working"
    DECLARED_FREE = "declared_free"


class Beyond(StrEnum):
    """What a calendar does with a year whose holidays are not yet published."""

    ASSUME = "assume"
    REFUSE = "refuse"


@dataclass(eq=False)
class CalendarOutOfRange(RuleViolation):
    """The date lies outside the years that this calendar knows or may assume."""

    calendar: str = ""
    day: str = ""
    text: ClassVar[Text] = Text(
        "工作日历“{calendar}”不包括{day}，请先公布该年度的节假日安排。",
        "The calendar “{calendar}” does not reach {day}. Publish that year's holidays first.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOverride:
    """A day that the city declares working or free, over the national arrangement."""

    date: date
    working: bool
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day as the calendar sees it."""

    date: date
    kind: DayKind
    working: bool
    reason: Text
    assumed: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours of every working day: spans in order which do not touch, within one day."""

    spans: tuple[tuple[time, time], ...] = (
        (time(9), time(12)),
        (time(13, 30), time(17)),
    )

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("working hours need spans in order that do not touch")
        if any(edge.tzinfo for edge in edges):
            raise ValueError("working hours are wall-clock times without a zone")

    @property
    def close(self) -> time:
        """The end of business, at which a day-counted period ends (Civil Code Art. 203)."""
        return self.spans[-1][1]


@lru_cache(maxsize=1)
def _national_days() -> bytes:
    """One byte a day from FIRST_DAY on: 1 where people work; plain weeks beyond the published years."""
    working = bytearray(_DAYS)
    for offset in range(_DAYS):
        day = date.fromordinal(_FIRST + offset)
        # by the library's tables: its functions look through all of them for each day
        is_plain = day.weekday() < 5 and day not in chinese_calendar.holidays
        working[offset] = is_plain or day in chinese_calendar.workdays
    return bytes(working)


_MICROSECOND = timedelta(microseconds=1)


def _since_midnight(moment: time) -> int:
    delta = timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
    return delta // _MICROSECOND


class WorkCalendar:
    """One calendar under a key and version; immutable once built (about 5 ms, then constant time)."""

    def __init__(
        self,
        *,
        key: str = "cn",
        version: int = 1,
        overrides: Iterable[CalendarOverride] = (),
        hours: Hours | None = None,
        zone: str = "Asia/Shanghai",
        beyond: Beyond = Beyond.ASSUME,
        declared_years: Iterable[int] = (),
    ) -> None:
        """``declared_years``: years beyond the library whose days the overrides give in full."""
        self.key = key
        self.version = version
        self.hours = hours or Hours()
        self.zone = ZoneInfo(zone)
        self.beyond = beyond
        self.known_years = PUBLISHED_YEARS | frozenset(declared_years)
        self.overrides = {override.date: override for override in overrides}
        self._known_from = FIRST_DAY.toordinal()
        self._known_to = self._last_known().toordinal()
        self._working = self._with_overrides()
        self._before, self._ordinals = _prefix_sums(self._working)
        self._spans = tuple((_since_midnight(a), _since_midnight(b)) for a, b in self.hours.spans)
        self.day_length = sum(b - a for a, b in self._spans)

    def _last_known(self) -> date:
        if self.beyond is Beyond.ASSUME:
            return LAST_DAY
        year = FIRST_DAY.year
        while year + 1 in self.known_years:
            year += 1
        return min(date(year, 12, 31), LAST_DAY)

    def _with_overrides(self) -> bytes:
        working = bytearray(_national_days())
        for override in self.overrides.values():
            working[self._offset(override.date.toordinal())] = override.working
        return bytes(working)

    def _offset(self, ordinal: int) -> int:
        if not self._known_from <= ordinal <= self._known_to:
            shown = date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else "?"
            raise CalendarOutOfRange(calendar=self.key, day=str(shown))
        return ordinal - _FIRST

    def is_working(self, day: date) -> bool:
        """Tell whether the offices work on this day."""
        return bool(self._working[self._offset(day.toordinal())])

    def is_assumed(self, day: date) -> bool:
        """Tell whether the day rests on the plain week because its year is not yet published."""
        return day.year not in self.known_years and day not in self.overrides

    def day(self, day: date) -> Day:
        """Give the day with its kind and the reason in both languages."""
        working = self.is_working(day)
        kind, reason = self._kind_of(day)
        return Day(date=day, kind=kind, working=working, reason=reason, assumed=self.is_assumed(day))

    def _kind_of(self, day: date) -> tuple[DayKind, Text]:
        override = self.overrides.get(day)
        if override is not None:
            kind = DayKind.DECLARED_WORKING if override.working else DayKind.DECLARED_FREE
            return kind, override.reason
        if day.year in PUBLISHED_YEARS:
            free, name = chinese_calendar.get_holiday_detail(day)
            if name is not None:
                return _festival(name, free=free)
        if day.weekday() < 5:
            return DayKind.WORKDAY, Text("工作日", "Working day")
        return DayKind.WEEKEND, Text("周末", "Weekend")

    def working_days_before(self, ordinal: int) -> int:
        """Count the working days from FIRST_DAY up to, not including, this ordinal."""
        if ordinal == self._known_to + 1:
            return self._before[self._offset(self._known_to) + 1]
        return self._before[self._offset(ordinal)]

    def working_day(self, index: int) -> int:
        """Give the ordinal of the working day with this index (0 is the first since FIRST_DAY)."""
        if not 0 <= index < len(self._ordinals):
            raise CalendarOutOfRange(calendar=self.key, day=str(LAST_DAY + timedelta(days=1)))
        ordinal = self._ordinals[index]
        self._offset(ordinal)
        return ordinal

    def local(self, moment: datetime) -> datetime:
        """Give the moment on this calendar's wall clock; a time without a zone is a fault of the caller."""
        if moment.tzinfo is None:
            raise ValueError("a legal clock needs a time with a zone")
        return moment.astimezone(self.zone)

    def at_close(self, ordinal: int) -> datetime:
        """Give the end of business on a day."""
        return datetime.combine(date.fromordinal(ordinal), self.hours.close, self.zone)

    def at_afternoon(self, moment: datetime) -> datetime:
        """Give the opening of the last span of business hours on the day of a moment."""
        return datetime.combine(self.local(moment).date(), self.hours.spans[-1][0], self.zone)

    def working_time(self, moment: datetime) -> int:
        """Give the working time since FIRST_DAY in microseconds; it stands still outside the hours."""
        local = self.local(moment)
        ordinal = local.toordinal()
        passed = self.working_days_before(ordinal) * self.day_length
        if not self._working[ordinal - _FIRST]:
            return passed
        now = _since_midnight(local.time())
        return passed + sum(min(now, b) - a for a, b in self._spans if now > a)

    def at_working_time(self, amount: int) -> datetime:
        """Give the first moment at which ``working_time`` reaches the amount (microseconds, over 0)."""
        index, rest = divmod(amount - 1, self.day_length)
        rest += 1
        day = date.fromordinal(self.working_day(index))
        for start, end in self._spans:
            if rest <= end - start:
                midnight = datetime.combine(day, time(), self.zone)
                return midnight + timedelta(microseconds=start + rest)
            rest -= end - start
        raise AssertionError("the rest of a day is never longer than the day")


def _prefix_sums(working: bytes) -> tuple[array[int], array[int]]:
    """Sum the working days before each day, and list the working days' ordinals in order."""
    before = array("l", [0])
    ordinals = array("l")
    for offset, works in enumerate(working):
        if works:
            ordinals.append(_FIRST + offset)
        before.append(len(ordinals))
    return before, ordinals


def _festival(name: str, *, free: bool) -> tuple[DayKind, Text]:
    festival = chinese_calendar.Holiday(name)
    shown = Text(festival.chinese, name)
    if free:
        return DayKind.HOLIDAY, Text(f"{shown.zh}放假", f"{shown.en} holiday")
    return DayKind.MAKE_UP_WORKDAY, Text(f"{shown.zh}调休上班", f"Make-up workday for {shown.en}")
