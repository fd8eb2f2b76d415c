"""The day for which a map is asked, as an address says it: ``valid=2026-03-01``."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from yiwang.maps.contracts import DayUnknown

DAY = "valid"


def day_of(request: HttpRequest) -> date | None:
    """Give the day; None is today.

    Raises:
        DayUnknown: it is no day.
    """
    said = request.GET.get(DAY, "")
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise DayUnknown from None
