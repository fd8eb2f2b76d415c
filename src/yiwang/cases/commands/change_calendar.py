"""Put a new working calendar in force and recount every clock that is not done (E45)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.cases.models import CalendarVersion
from yiwang.cases.queries.calendars import CITY, forget_calendar
from yiwang.cases.rows.recounting import moved_by, read_calendar, store_recounted
from yiwang.platform.command import command, guard, note, permit
from yiwang.platform.contracts import Actor, Json, OperationNotAllowed, Scope

_OPERATION = "cases.calendar.change"


@command(operation="cases.calendar.change")
def change_calendar(*, actor: Actor, at: datetime, definition: Mapping[str, Json]) -> int:
    """Declare days and hours over the national arrangement; gives how many due instants moved.

    ``definition``: ``{"overrides": [{"date", "working", "reason"}], "hours": [["09:00", "12:00"]],
    "declared_years": [2027]}``. What is done keeps its instants; each clock names the version it goes by.

    Raises:
        InvalidInput: the calendar cannot be read; nothing changed.
    """
    permit(Scope(everyone=True), subject="calendar:city")
    last = CalendarVersion.objects.select_for_update().filter(key=CITY).order_by("-version").first()
    version = last.version + 1 if last is not None else 1
    calendar = read_calendar(definition, version=version)
    CalendarVersion.objects.filter(key=CITY, active=True).update(active=False)
    CalendarVersion.objects.create(
        key=CITY, version=version, definition=dict(definition), active=True, applied_at=at
    )
    moved = store_recounted(calendar)
    forget_calendar()
    note(version=version, moved=moved)
    return moved


def preview_calendar(
    *, actor: Actor, definition: Mapping[str, Json], most: int = 50
) -> tuple[int, list[tuple[str, datetime | None, datetime | None]]]:
    """What a calendar would move, before it is put in force: how many, and the first by case number.

    Raises:
        OperationNotAllowed: only whoever may change the calendar.
        InvalidInput: the calendar cannot be read.
    """
    if not guard().may(actor, _OPERATION):
        raise OperationNotAllowed(operation=_OPERATION)
    return moved_by(read_calendar(definition, version=0), most=most)
