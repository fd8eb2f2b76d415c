"""What stands after a dot: a context's entry, a list's projection, a part of a date, duration or range."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from yiwang.kernel.feel.values import FeelList, Range, Run, Value, YearsMonths, adapt


def _parts_of_date(value: date) -> dict[str, Callable[[], Value]]:
    return {
        "year": lambda: Decimal(value.year),
        "month": lambda: Decimal(value.month),
        "day": lambda: Decimal(value.day),
        "weekday": lambda: Decimal(value.isoweekday()),
    }


def _parts_of_time(value: datetime | time) -> dict[str, Callable[[], Value]]:
    return {
        "hour": lambda: Decimal(value.hour),
        "minute": lambda: Decimal(value.minute),
        "second": lambda: Decimal(value.second) + Decimal(value.microsecond) / 1_000_000,
        "timezone": lambda: getattr(value.tzinfo, "key", None),
    }


def _parts_of_days(value: timedelta) -> dict[str, Callable[[], Value]]:
    whole, sign = abs(value), -1 if value < timedelta() else 1
    return {
        "days": lambda: Decimal(sign * whole.days),
        "hours": lambda: Decimal(sign * (whole.seconds // 3600)),
        "minutes": lambda: Decimal(sign * (whole.seconds % 3600 // 60)),
        "seconds": lambda: sign * (Decimal(whole.seconds % 60) + Decimal(whole.microseconds) / 1_000_000),
    }


def _parts_of_months(value: YearsMonths) -> dict[str, Callable[[], Value]]:
    years, months = divmod(abs(value.months), 12)
    sign = -1 if value.months < 0 else 1
    return {"years": lambda: Decimal(sign * years), "months": lambda: Decimal(sign * months)}


def _parts(value: Value) -> dict[str, Callable[[], Value]]:
    match value:
        case datetime():
            return {**_parts_of_date(value), **_parts_of_time(value)}
        case date():
            return _parts_of_date(value)
        case time():
            return _parts_of_time(value)
        case timedelta():
            return _parts_of_days(value)
        case YearsMonths():
            return _parts_of_months(value)
        case Range():
            return {"start": lambda: value.start, "end": lambda: value.end}
        case _:
            return {}


def read_property(value: Value, name: str, run: Run) -> Value:
    """value.name; null where there is no such thing."""
    if isinstance(value, dict):
        return adapt(value.get(name), run)
    if isinstance(value, list):
        run.spend(1 + len(value))
        return FeelList(read_property(adapt(member, run), name, run) for member in value)
    part = _parts(value).get(name)
    return None if part is None else part()
