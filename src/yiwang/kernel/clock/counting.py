"""Due instants, consumed amounts and card instants of a clock: a walk over one axis around the stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.clock.axes import AnyAxis, CalendarDays, axis_of
from yiwang.kernel.clock.state import ClockState, Stop, Unit


class Measure(StrEnum):
    """How a threshold is counted: percent consumed, units left, or units past the due instant."""

    SHARE = "share"
    LEFT = "left"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One step of the warning ladder; the amount is percent for SHARE and budget units otherwise."""

    measure: Measure
    amount: int

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("a threshold has no negative amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When a case is warned, gets a yellow card and a red card; data of the item or the city."""

    warn: Threshold
    yellow: Threshold
    red: Threshold


DAY_THRESHOLDS = Thresholds(
    warn=Threshold(Measure.SHARE, 80),
    yellow=Threshold(Measure.LEFT, 1),
    red=Threshold(Measure.OVER, 0),
)
MINUTE_THRESHOLDS = Thresholds(
    warn=Threshold(Measure.SHARE, 80),
    yellow=Threshold(Measure.SHARE, 90),
    red=Threshold(Measure.OVER, 0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instants:
    """The indexed instants of one clock; None where an open stop stands before it."""

    due_at: datetime | None
    warn_at: datetime | None
    yellow_at: datetime | None
    red_at: datetime | None


class Walk:
    """One clock laid on its axis: the origin and the stretches that are not counted, disjoint and in order.

    A stretch ``(a, b)`` takes the positions a < p <= b out of the count; ``b`` is None while the stop lasts.
    """

    def __init__(self, state: ClockState, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.axis = axis_of(state.budget.unit, calendar)
        self.total = state.total * self.axis.scale
        self.started_at = state.started_at
        self.origin = self.axis.origin(state.started_at)
        self.stretches = _union(state.stops, self.axis, self.origin) if state.stops else []

    def reach(self, amount: int) -> int | None:
        """Give the position at which so many positions are counted; None behind an open stop."""
        target = self.origin + amount
        for start, end in self.stretches:
            if target <= start:
                break
            if end is None:
                return None
            target += end - start
        return target

    def count(self, position: int) -> int:
        """Count the positions up to this one that no stop takes out."""
        counted = max(position - self.origin, 0)
        for start, end in self.stretches:
            if start >= position:
                break
            counted -= (position if end is None else min(end, position)) - start
        return counted

    def due(self) -> int | None:
        """Give the position at which the clock runs out.

        Calendar days roll on when the last day is free: the next working day is the last day (Civil
        Code Art. 203), or the first one after it that no stop takes out.
        """
        position = self.reach(self.total)
        if position is None or not isinstance(self.axis, CalendarDays):
            return position
        position = self.axis.next_working(position)
        for start, end in self.stretches:
            if start < position and end is None:
                return None
            if end is not None and start < position <= end:
                position = self.axis.next_working(end + 1)
        return position

    def consumed(self, position: int) -> int:
        """Count for the reader: days on which only the roll waits are neither consumed nor overdue."""
        counted = self.count(position)
        if counted <= self.total or not isinstance(self.axis, CalendarDays):
            return counted
        due = self.due()
        if due is None or position < due:
            return self.total
        return self.total + counted - self.count(due)

    def last_afternoon(self, due: int | None) -> datetime | None:
        """Give the afternoon's opening on the day on which the clock runs out, or its start if that is later.

        A limit of one day has no day to spare: were that day itself the warning, every step with such a
        limit would get its yellow card in the moment in which the office first sees it.
        """
        if due is None:
            return None
        return max(self.calendar.at_afternoon(self.axis.instant(due)), self.started_at)

    def instant(self, position: int | None) -> datetime | None:
        """Give the moment of a position; what is reached at the origin is reached at the start."""
        if position is None:
            return None
        return self.started_at if position <= self.origin else self.axis.instant(position)


def _union(stops: Iterable[Stop], axis: AnyAxis, origin: int) -> list[tuple[int, int | None]]:
    """Clip the stops to the clock and join the overlapping ones, so that nothing is taken out twice."""
    marks = sorted(
        (
            max(axis.before(stop.start), origin),
            stop.end is None,
            0 if stop.end is None else axis.before(stop.end),
        )
        for stop in stops
    )
    joined: list[tuple[int, int | None]] = []
    edge = origin
    for start, is_open, end in marks:
        begin = max(start, edge)
        if is_open:
            joined.append((begin, None))
            break
        if end > begin:
            joined.append((begin, end))
            edge = end
    return joined


def due_at(state: ClockState, calendar: WorkCalendar) -> datetime | None:
    """Give the instant at which the clock runs out; None while an open stop stands before it."""
    walk = Walk(state, calendar)
    return walk.instant(walk.due())


def consumed(state: ClockState, calendar: WorkCalendar, at: datetime) -> int:
    """Give what is used up at a moment, in whole units of the budget; more than the total when overdue."""
    walk = Walk(state, calendar)
    return walk.consumed(walk.axis.at(at)) // walk.axis.scale


def remaining(state: ClockState, calendar: WorkCalendar, at: datetime) -> int:
    """Give what is left in units of the budget, a begun minute as a whole one; negative when overdue."""
    walk = Walk(state, calendar)
    return -((walk.consumed(walk.axis.at(at)) - walk.total) // walk.axis.scale)


def is_stopped(state: ClockState, at: datetime) -> bool:
    """Tell whether a stop lasts at the moment."""
    return any(stop.start <= at and (stop.end is None or at < stop.end) for stop in state.stops)


def thresholds_of(unit: Unit) -> Thresholds:
    """Give the default ladder of a unit."""
    return MINUTE_THRESHOLDS if unit is Unit.WORKING_MINUTES else DAY_THRESHOLDS


def instants(state: ClockState, calendar: WorkCalendar, thresholds: Thresholds | None = None) -> Instants:
    """Give the due instant and the three card instants, for indexed columns."""
    ladder = thresholds or thresholds_of(state.budget.unit)
    walk = Walk(state, calendar)
    due = walk.due()
    return Instants(
        due_at=walk.instant(due),
        warn_at=_threshold_instant(walk, due, ladder.warn),
        yellow_at=_threshold_instant(walk, due, ladder.yellow),
        red_at=_threshold_instant(walk, due, ladder.red),
    )


def _threshold_instant(walk: Walk, due: int | None, threshold: Threshold) -> datetime | None:
    scale = walk.axis.scale
    match threshold.measure:
        case Measure.SHARE:
            return walk.instant(walk.reach(-(-walk.total * threshold.amount // 100)))
        case Measure.LEFT:
            before = walk.total - threshold.amount * scale
            return walk.instant(walk.reach(before)) if before > 0 else walk.last_afternoon(due)
        case Measure.OVER:
            if due is None or threshold.amount == 0:
                return walk.instant(due)
            return walk.instant(walk.reach(walk.count(due) + threshold.amount * scale))


def rests_on_assumption(state: ClockState, calendar: WorkCalendar) -> bool:
    """Tell whether the due instant lies in a year whose holidays are not yet published."""
    due = due_at(state, calendar)
    return due is not None and calendar.is_assumed(calendar.local(due).date())
