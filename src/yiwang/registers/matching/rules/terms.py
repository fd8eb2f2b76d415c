"""Until when a department answers a difference."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.calendar import WorkCalendar


def due_after(calendar: WorkCalendar, at: datetime, working_days: int) -> datetime:
    """The close of business on the last of so many working days after that of ``at``."""
    today = calendar.local(at).toordinal()
    return calendar.at_close(calendar.working_day(calendar.working_days_before(today + 1) + working_days - 1))
