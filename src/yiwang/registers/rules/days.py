"""Days of valid time: civil days of the country's one time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
#: Nothing that a register keeps began before; keeps typing errors such as year 202 out.
FIRST_DAY = date(1800, 1, 1)


def civil_day(at: datetime) -> date:
    """The day in Beijing time of an aware instant."""
    return at.astimezone(BEIJING).date()
