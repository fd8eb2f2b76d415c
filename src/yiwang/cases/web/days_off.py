"""On which days of a year the offices rest, for the calendars on pages. Nobody's secret."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yiwang.cases.api import city_calendar
from yiwang.kernel.calendar import CalendarOutOfRange


@require_safe
@cache_control(public=True, max_age=3600)
def days_off(request: HttpRequest, year: int) -> JsonResponse:
    """``{"days_off": ["2026-01-01", …]}`` by the city's calendar; make-up workdays are none."""
    calendar = city_calendar()
    try:
        first = date(year, 1, 1)
        days = (first + timedelta(days=at) for at in range((date(year, 12, 31) - first).days + 1))
        return JsonResponse({"days_off": [str(day) for day in days if not calendar.is_working(day)]})
    except (CalendarOutOfRange, ValueError, OverflowError) as unknown:
        raise Http404 from unknown
