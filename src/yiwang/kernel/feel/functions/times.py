"""Functions that make and read dates, times and durations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from yiwang.kernel.days import MONTHS
from yiwang.kernel.feel import errors, temporal
from yiwang.kernel.feel.functions.definition import define
from yiwang.kernel.feel.values import Run, Value, YearsMonths

# One zone for the whole country; "today" is the day of the people who apply, not of the server.
LOCAL_ZONE = ZoneInfo("Asia/Shanghai")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _whole(number: Decimal) -> int | None:
    return int(number) if number == number.to_integral_value() and abs(number) < 10**6 else None


def _instant(run: Run) -> datetime:
    if run.instant is None:
        raise run.problem(errors.NO_INSTANT)
    return run.instant.astimezone(LOCAL_ZONE)


@define("today")
def today(run: Run) -> Value:
    return _instant(run).date()


@define("now")
def now(run: Run) -> Value:
    return _instant(run)


@define("date", "from: any")
def date_from(_run: Run, given: Value) -> Value:
    match given:
        case str():
            return temporal.read_date(given)
        case datetime():
            return given.date()
        case date():
            return given
        case _:
            return None


@define("date", "year: number", "month: number", "day: number")
def date_of(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    parts = [_whole(part) for part in (year, month, day)]
    known = [part for part in parts if part is not None]
    return temporal.make_date(*known) if len(known) == 3 else None


@define("time", "from: any")
def time_from(_run: Run, given: Value) -> Value:
    match given:
        case str():
            return temporal.read_time(given)
        case datetime():
            return given.timetz()
        case time():
            return given
        case date():
            return time(tzinfo=UTC)
        case _:
            return None


@define("time", "hour: number", "minute: number", "second: number", "offset: days and time duration?")
def time_of(
    _run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> Value:
    whole = [_whole(part) for part in (hour, minute, second.to_integral_value("ROUND_FLOOR"))]
    known = [part for part in whole if part is not None]
    if len(known) < 3:
        return None
    return temporal.make_time(known[0], known[1], known[2], int(second % 1 * 1_000_000), offset)


@define("date and time", "from: any")
def moment_from(_run: Run, given: Value) -> Value:
    match given:
        case str():
            return temporal.read_moment(given)
        case datetime():
            return given
        case date():
            return datetime.combine(given, time())
        case _:
            return None


@define("date and time", "date: moment", "time: time")
def moment_of(_run: Run, day: date, clock: time) -> Value:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


@define("duration", "from: any")
def duration(_run: Run, given: Value) -> Value:
    match given:
        case str():
            return temporal.read_duration(given)
        case timedelta() | YearsMonths():
            return given
        case _:
            return None


@define("years and months duration", "from: moment", "to: moment")
def months_between(_run: Run, start: date, end: date) -> Value:
    return YearsMonths(temporal.months_between(start, end))


@define("day of week", "date: moment")
def day_of_week(_run: Run, day: date) -> Value:
    return _DAYS[day.weekday()]


@define("day of year", "date: moment")
def day_of_year(_run: Run, day: date) -> Value:
    return Decimal(day.timetuple().tm_yday)


@define("month of year", "date: moment")
def month_of_year(_run: Run, day: date) -> Value:
    return MONTHS[day.month - 1]


@define("week of year", "date: moment")
def week_of_year(_run: Run, day: date) -> Value:
    return Decimal(day.isocalendar().week)
