"""What a changed calendar does to the clocks that are not done (E45)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.contracts.words import ClockState
from yiwang.cases.models import Clock
from yiwang.cases.queries.calendars import calendar_from
from yiwang.cases.queries.shapes import clock_state
from yiwang.kernel import clock as law
from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import Json

_FAULTY = Text("工作日历的内容有误：{reason}", "The calendar is faulty: {reason}")
_BATCH = 2_000
# Parents have lower ids: the same order as every act's.
_LOCK = """
SELECT c.id FROM cases_case c WHERE EXISTS (
  SELECT 1 FROM cases_clock k WHERE k.case_id = c.id AND k.state <> 'done') ORDER BY c.id FOR UPDATE
"""
_STORE = """
UPDATE cases_clock k SET due_at = x.due_at, warn_at = x.warn_at, yellow_at = x.yellow_at, red_at = x.red_at,
  calendar_key = x.calendar_key, calendar_version = x.calendar_version
FROM jsonb_to_recordset(%s::jsonb) AS x(id bigint, due_at timestamptz, warn_at timestamptz,
  yellow_at timestamptz, red_at timestamptz, calendar_key text, calendar_version int)
WHERE k.id = x.id
"""


@dataclass(frozen=True, slots=True)
class Recounted:
    """A clock with the instants that the new calendar gives."""

    clock: Clock
    instants: law.Instants


def read_calendar(definition: Mapping[str, Json], *, version: int) -> WorkCalendar:
    """Read a declared calendar, or raise InvalidInput."""
    try:
        return calendar_from(definition, version=version)
    except (AssertionError, KeyError, TypeError, ValueError) as wrong:
        problem = FieldProblem("definition", _FAULTY.fill(reason=type(wrong).__name__))
        raise InvalidInput(problems=(problem,)) from wrong


def recounted(calendar: WorkCalendar) -> Iterator[Recounted]:
    """Every clock that is not done, counted by a calendar."""
    rows = Clock.objects.exclude(state=ClockState.DONE).select_related("case").prefetch_related("stops")
    for row in rows.order_by("id").iterator(chunk_size=_BATCH):
        yield Recounted(row, law.instants(clock_state(row), calendar))


def store_recounted(calendar: WorkCalendar) -> int:
    """Lock the cases concerned and store the new instants; gives how many due instants moved."""
    sql.execute(_LOCK)
    rows: list[dict[str, object]] = []
    moved = 0
    for each in recounted(calendar):
        moved += each.clock.due_at != each.instants.due_at
        rows.append(
            {
                "id": each.clock.pk,
                "due_at": each.instants.due_at,
                "warn_at": each.instants.warn_at,
                "yellow_at": each.instants.yellow_at,
                "red_at": each.instants.red_at,
                "calendar_key": calendar.key,
                "calendar_version": calendar.version,
            }
        )
    for start in range(0, len(rows), _BATCH):
        sql.execute(_STORE, [sql.json_text(rows[start : start + _BATCH])])
    return moved


def moved_by(
    calendar: WorkCalendar, *, most: int
) -> tuple[int, list[tuple[str, datetime | None, datetime | None]]]:
    """How many due instants a calendar would move, and the first of them: number, before, after."""
    count = 0
    shown: list[tuple[str, datetime | None, datetime | None]] = []
    for each in recounted(calendar):
        if each.clock.due_at != each.instants.due_at:
            count += 1
            if len(shown) < most:
                shown.append((each.clock.case.number, each.clock.due_at, each.instants.due_at))
    return count, shown
