"""Grants count by civil days of Beijing time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def civil_day(at: datetime) -> date:
    """The day in Beijing time of an aware instant."""
    return at.astimezone(BEIJING).date()
