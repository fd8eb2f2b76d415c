"""Three axes on which a clock walks: each turns moments into counted positions and back.

A position is a whole number. On the day axes it counts *closes of business*: a day is counted at its
close. That settles what a stop within a day does, in one sentence: **a day counts when its close comes
while the clock runs**. It follows that

* the day a stop begins is not counted and the day it ends is counted again ("from the day on which the
  cause is removed", as the suspension rules put it), so a stop of n days costs exactly n days;
* a stop that begins and ends between two closes costs nothing, so nobody can stretch a clock with short
  stops; cutting one stop in two changes nothing; and
* a clock that is resumed is never overdue in the same instant: the last day's close is still ahead.

Each axis gives ``scale`` (positions in one unit of the budget), ``origin`` (where a clock that starts now
counts from), ``before`` and ``at`` (positions without and with the moment itself) and ``instant`` (the first
moment at which a position is reached).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.clock.state import Unit

MICROSECONDS_A_MINUTE = 60_000_000


class WorkingDays:
    """Counts the closes of working days (Administrative Licensing Law Art. 82)."""

    scale = 1

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def origin(self, started_at: datetime) -> int:
        """The day of receipt is not counted; the period begins the next day (Civil Code Art. 201)."""
        return self._calendar.working_days_before(self._calendar.local(started_at).toordinal() + 1)

    def before(self, moment: datetime) -> int:
        """Closes strictly before the moment."""
        local = self._calendar.local(moment)
        past_close = local.time() > self._calendar.hours.close
        return self._calendar.working_days_before(local.toordinal() + past_close)

    def at(self, moment: datetime) -> int:
        """Closes up to and with the moment."""
        local = self._calendar.local(moment)
        past_close = local.time() >= self._calendar.hours.close
        return self._calendar.working_days_before(local.toordinal() + past_close)

    def instant(self, position: int) -> datetime:
        """Close of the position's working day (Civil Code Art. 203: business hours end the last day)."""
        return self._calendar.at_close(self._calendar.working_day(position - 1))


class CalendarDays:
    """Counts the closes of all days; the roll past a free last day is the counting's (Art. 203)."""

    scale = 1

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def origin(self, started_at: datetime) -> int:
        """The day of receipt is not counted."""
        return self._calendar.local(started_at).toordinal()

    def before(self, moment: datetime) -> int:
        """Closes strictly before the moment."""
        local = self._calendar.local(moment)
        return local.toordinal() - (local.time() <= self._calendar.hours.close)

    def at(self, moment: datetime) -> int:
        """Closes up to and with the moment."""
        local = self._calendar.local(moment)
        return local.toordinal() - (local.time() < self._calendar.hours.close)

    def instant(self, position: int) -> datetime:
        """Close of the day."""
        return self._calendar.at_close(position)

    def next_working(self, position: int) -> int:
        """The position's own day when offices work, else the next day on which they do."""
        working = self._calendar.working_days_before(position)
        return self._calendar.working_day(working)

    def is_working(self, position: int) -> bool:
        """Tell whether the offices work on the position's day."""
        return self._calendar.is_working(date.fromordinal(position))


class WorkingTime:
    """Counts working time in microseconds; hours outside business do not exist on it."""

    scale = MICROSECONDS_A_MINUTE

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def origin(self, started_at: datetime) -> int:
        """Working time runs from the very moment."""
        return self._calendar.working_time(started_at)

    def before(self, moment: datetime) -> int:
        """Continuous: the same as at the moment."""
        return self._calendar.working_time(moment)

    def at(self, moment: datetime) -> int:
        """Working time up to the moment."""
        return self._calendar.working_time(moment)

    def instant(self, position: int) -> datetime:
        """First moment that has this much working time behind it."""
        return self._calendar.at_working_time(position)


AnyAxis: TypeAlias = WorkingDays | CalendarDays | WorkingTime


def axis_of(unit: Unit, calendar: WorkCalendar) -> AnyAxis:
    """Give the axis of a unit on one calendar."""
    match unit:
        case Unit.WORKING_DAYS:
            return WorkingDays(calendar)
        case Unit.CALENDAR_DAYS:
            return CalendarDays(calendar)
        case Unit.WORKING_MINUTES:
            return WorkingTime(calendar)
