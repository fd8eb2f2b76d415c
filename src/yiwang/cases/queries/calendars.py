"""The calendar that clocks count by: the declared version that is active, or the national days."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import date
from datetime import time as wall_time

from yiwang.cases.models import CalendarVersion
from yiwang.kernel.calendar import CalendarOverride, Hours, WorkCalendar
from yiwang.kernel.text import text_from

#: Key of the calendar by which this city's offices work.
CITY = "city"
_LOOK_AGAIN_SECONDS = 1.0


class _Cache:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.calendar: WorkCalendar | None = None
        self.version = -1
        self.looked_at = 0.0


_cache = _Cache()


def city_calendar() -> WorkCalendar:
    """Give the calendar in force; another process's change is seen within a second."""
    with _cache.lock:
        if _cache.calendar is not None and time.monotonic() - _cache.looked_at < _LOOK_AGAIN_SECONDS:
            return _cache.calendar
        version = (
            CalendarVersion.objects.filter(key=CITY, active=True).values_list("version", flat=True).first()
        )
        found = version or 0
        if _cache.calendar is None or found != _cache.version:
            _cache.calendar = calendar_version(found)
            _cache.version = found
        _cache.looked_at = time.monotonic()
        return _cache.calendar


def forget_calendar() -> None:
    """Look at the database at the next question."""
    with _cache.lock:
        _cache.calendar = None


def calendar_version(version: int) -> WorkCalendar:
    """Give a version; 0 is the national arrangement without declarations of the city."""
    if version == 0:
        return WorkCalendar(key=CITY, version=0)
    row = CalendarVersion.objects.get(key=CITY, version=version)
    return calendar_from(row.definition, version=version)


def calendar_from(definition: Mapping[str, object], *, version: int) -> WorkCalendar:
    """Read ``{"overrides": [{"date", "working", "reason"}], "hours": [["09:00", "12:00"]]}``."""
    overrides, hours, years = (definition.get(key) or [] for key in ("overrides", "hours", "declared_years"))
    assert isinstance(overrides, list)
    assert isinstance(hours, list)
    assert isinstance(years, list)
    spans = tuple((wall_time.fromisoformat(start), wall_time.fromisoformat(end)) for start, end in hours)
    return WorkCalendar(
        key=CITY,
        version=version,
        overrides=[
            CalendarOverride(
                date=date.fromisoformat(each["date"]),
                working=bool(each["working"]),
                reason=text_from(each["reason"]),
            )
            for each in overrides
        ],
        hours=Hours(spans) if spans else None,
        declared_years=years,
    )
