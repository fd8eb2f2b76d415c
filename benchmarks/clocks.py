"""Legal clocks per microsecond, against a naive walk over days with the same calendar in the same run.

Run: ``PYTHONPATH=src python -m benchmarks.clocks``
"""

from __future__ import annotations

import timeit
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.clock import Budget, ClockState, Stop, Unit, due_at, explain, instants
from yiwang.kernel.text import Text

ZONE = ZoneInfo("Asia/Shanghai")
ROUNDS = 20_000


def microseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    return min(timeit.repeat(work, number=rounds, repeat=3)) / rounds * 1e6


def naive(state: ClockState, calendar: WorkCalendar) -> datetime:
    """Ask day by day, as one would write it first."""
    day = state.started_at.astimezone(ZONE).date()
    counted = 0
    while counted < state.total:
        day += timedelta(days=1)
        close = datetime.combine(day, calendar.hours.close, ZONE)
        stopped = any(s.start <= close and (s.end is None or close < s.end) for s in state.stops)
        counted += calendar.is_working(day) and not stopped
    return datetime.combine(day, calendar.hours.close, ZONE)


def main() -> None:
    calendar = WorkCalendar()
    start = datetime(2026, 9, 18, 10, tzinfo=ZONE)
    stop = Stop(
        start=start + timedelta(days=4),
        end=start + timedelta(days=10),
        ground="hearing",
        legal_basis=Text("第四十五条", "Article 45"),
    )
    print("| clock | due_at µs | naive µs | ratio | instants µs | explain µs |")
    print("|---|---|---|---|---|---|")
    for name, amount, stops in (
        ("20 days", 20, ()),
        ("20 days, one stop", 20, (stop,)),
        ("250 days", 250, ()),
    ):
        state = ClockState(budget=Budget(amount, Unit.WORKING_DAYS), started_at=start, stops=stops)
        assert due_at(state, calendar) == naive(state, calendar)
        fast = microseconds(lambda state=state: due_at(state, calendar))
        slow = microseconds(lambda state=state: naive(state, calendar), 500)
        cards = microseconds(lambda state=state: instants(state, calendar))
        told = microseconds(lambda state=state: explain(state, calendar, start), 200)
        print(f"| {name} | {fast:.1f} | {slow:.1f} | {slow / fast:.0f} | {cards:.1f} | {told:.0f} |")


if __name__ == "__main__":
    main()
