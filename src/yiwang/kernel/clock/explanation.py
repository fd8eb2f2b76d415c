"""The derivation of a due date, day by day, as the applicant and a court may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from yiwang.kernel.calendar import Day, DayKind, WorkCalendar
from yiwang.kernel.clock import notes
from yiwang.kernel.clock.counting import Walk
from yiwang.kernel.clock.state import ClockState, Stop, Unit
from yiwang.kernel.text import Text


class LineKind(StrEnum):
    """What happened to the clock on a day."""

    START_DAY = "start_day"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_WORKDAY = "make_up_workday"
    DECLARED_WORKING = "declared_working"
    DECLARED_FREE = "declared_free"
    STOPPED = "stopped"
    ROLLED = "rolled"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One day of the derivation.

    ``counted`` and ``total`` are in the budget's unit; ``ahead`` marks a day that is not over at the
    moment of asking, so its line is a forecast; ``assumed`` a day of a year without published holidays;
    ``due`` the day on which the clock runs out.
    """

    date: date
    kind: LineKind
    counted: int
    total: int
    note: Text
    ahead: bool
    assumed: bool
    due: bool


_KINDS = {
    DayKind.WORKDAY: LineKind.COUNTED,
    DayKind.WEEKEND: LineKind.WEEKEND,
    DayKind.HOLIDAY: LineKind.HOLIDAY,
    DayKind.MAKE_UP_WORKDAY: LineKind.MAKE_UP_WORKDAY,
    DayKind.DECLARED_WORKING: LineKind.DECLARED_WORKING,
    DayKind.DECLARED_FREE: LineKind.DECLARED_FREE,
}


def explain(state: ClockState, calendar: WorkCalendar, at: datetime) -> tuple[DayLine, ...]:
    """List every day from the start to the due day, or to today when that is later or the clock stands."""
    return tuple(_Derivation(state, calendar, at).lines())


class _Derivation:
    """One clock on one calendar, asked at one moment."""

    def __init__(self, state: ClockState, calendar: WorkCalendar, at: datetime) -> None:
        self.state = state
        self.unit = state.budget.unit
        self.calendar = calendar
        self.at = at
        self.walk = Walk(state, calendar)
        due = self.walk.instant(self.walk.due())
        self.due = None if due is None else calendar.local(due)
        self.first = calendar.local(state.started_at).date()
        self.last = max(self.first, calendar.local(at).date(), self.due.date() if self.due else self.first)

    def lines(self) -> Iterator[DayLine]:
        before = 0
        for offset in range((self.last - self.first).days + 1):
            day = self.calendar.day(self.first + timedelta(days=offset))
            total = self._total_after(day)
            yield self._line(day, total - before, total)
            before = total

    def _total_after(self, day: Day) -> int:
        end = datetime.combine(day.date, time.max, self.calendar.zone)
        return self.walk.consumed(self.walk.axis.at(end)) // self.walk.axis.scale

    def _line(self, day: Day, counted: int, total: int) -> DayLine:
        kind, note = self._judged(day, counted, total)
        is_due = self.due is not None and self.due.date() == day.date
        if self.due is not None and is_due:
            note = notes.ends(note, self.due.time())
        if day.assumed:
            note = notes.assumed(note)
        return DayLine(
            date=day.date,
            kind=kind,
            counted=counted,
            total=total,
            note=note,
            ahead=self.calendar.at_close(day.date.toordinal()) > self.at,
            assumed=day.assumed,
            due=is_due,
        )

    def _judged(self, day: Day, counted: int, total: int) -> tuple[LineKind, Text]:
        if day.date == self.first and self.unit is not Unit.WORKING_MINUTES:
            return LineKind.START_DAY, notes.START
        counts_by_itself = day.working or self.unit is Unit.CALENDAR_DAYS
        stop = self._stop_on(day) if counts_by_itself else None
        if counted:
            return self._counted(day, stop, counted, total)
        if stop is not None:
            return LineKind.STOPPED, notes.stopped(stop)
        if not counts_by_itself:
            return _KINDS[day.kind], notes.not_counted(day)
        if self.unit is Unit.CALENDAR_DAYS:
            return LineKind.ROLLED, notes.ROLLED
        return _KINDS[day.kind], notes.counted(self.unit, day, 0, total)

    def _counted(self, day: Day, stop: Stop | None, counted: int, total: int) -> tuple[LineKind, Text]:
        if self.due is not None and day.date > self.due.date():
            return LineKind.OVERDUE, notes.overdue(self.unit, total - self.state.total)
        note = notes.counted(self.unit, day, counted, total)
        if stop is not None:
            note = notes.joined(note, notes.stopped(stop))
        return (_KINDS[day.kind] if day.working else LineKind.COUNTED), note

    def _stop_on(self, day: Day) -> Stop | None:
        """Give the stop that takes this day, or some of its minutes, out of the count."""
        close = self.calendar.at_close(day.date.toordinal())
        opening = datetime.combine(day.date, self.calendar.hours.spans[0][0], self.calendar.zone)
        for stop in self.state.stops:
            if self.unit is Unit.WORKING_MINUTES:
                touches = stop.start < close and (stop.end is None or stop.end > opening)
            else:
                touches = stop.start <= close and (stop.end is None or stop.end > close)
            if touches:
                return stop
        return None
