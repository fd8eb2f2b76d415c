"""Dates, times and durations: their written form (ISO 8601 as XML Schema narrows it) and arithmetic."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from yiwang.kernel.feel.values import YearsMonths

_ZONE = r"(Z|[+-]\d{2}:\d{2}(?::\d{2})?|@[A-Za-z][A-Za-z0-9_+-]{0,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2})?"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(rf"(\d{{2}}):(\d{{2}}):(\d{{2}})(?:\.(\d{{1,9}}))?{_ZONE}", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?", re.ASCII
)


def read_date(text: str) -> date | None:
    """Read 2003-07-01."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    return make_date(*(int(part) for part in match.groups()))


def make_date(year: int, month: int, day: int) -> date | None:
    """A date that exists, from year 1 to 9999, or None."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def read_time(text: str) -> time | None:
    """Read 08:30:00, 08:30:00.5, 08:30:00+08:00 or 08:30:00@Asia/Shanghai."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, zone = match.groups()
    micro = int((fraction or "0").ljust(6, "0")[:6])
    try:
        return time(int(hour), int(minute), int(second), micro, tzinfo=_zone(zone))
    except (ValueError, OSError):
        return None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return ZoneInfo(text[1:])  # an unknown zone raises a ValueError or an OSError
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return timezone(-offset if text[0] == "-" else offset)


def make_time(hour: int, minute: int, second: int, micro: int, offset: timedelta | None) -> time | None:
    """A time of day that exists, in a zone so far from UTC, or None."""
    try:
        return time(hour, minute, second, micro, tzinfo=None if offset is None else timezone(offset))
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Read 2003-07-01T08:30:00 with or without a zone; a date alone is its midnight."""
    day_text, mark, time_text = text.partition("T")
    day = read_date(day_text)
    clock = read_time(time_text) if mark else time()
    return None if day is None or clock is None else datetime.combine(day, clock)


def read_duration(text: str) -> timedelta | YearsMonths | None:
    """Read P1Y2M or P3DT4H5M6.7S."""
    match = _MONTHS.fullmatch(text)
    if match is not None and (match.group(2) or match.group(3)):
        months = int(match.group(2) or 0) * 12 + int(match.group(3) or 0)
        return YearsMonths(-months if match.group(1) else months)
    match = _DAYS.fullmatch(text)
    if match is None or text.endswith(("T", "P")):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 3, 4, 5))
    micro = int((match.group(6) or "0").ljust(6, "0")[:6])
    try:
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micro)
    except OverflowError:
        return None
    return -length if match.group(1) else length


def read_any(text: str) -> date | time | timedelta | YearsMonths | None:
    """Read what stands after @, whichever it is."""
    if "P" in text[:2]:
        return read_duration(text)
    if "T" in text:
        return read_moment(text)
    return read_date(text) or read_time(text)


def _written_zone(zone: tzinfo | None, offset: timedelta | None) -> str:
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    if offset is None:
        return ""
    if not offset:
        return "Z"
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    written = f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{written}:{seconds:02}" if seconds else written


def write_time(value: time) -> str:
    """The form that read_time reads."""
    naive = value.replace(tzinfo=None).isoformat()
    return (
        naive.rstrip("0") * ("." in naive)
        + naive * ("." not in naive)
        + _written_zone(value.tzinfo, value.utcoffset())
    )


def write_moment(value: datetime) -> str:
    """The form that read_moment reads."""
    zone = _written_zone(value.tzinfo, value.utcoffset())
    return f"{value.date().isoformat()}T{write_time(value.time())}{zone}"


def write_duration(value: timedelta | YearsMonths) -> str:
    """The shortest form that read_duration reads."""
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        written = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if value.months < 0 else ''}P{written}"
    whole = abs(value)
    hours, rest = divmod(whole.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{whole.microseconds:06}".rstrip("0") if whole.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    days = f"{whole.days}D" if whole.days else ""
    written = days + (f"T{clock}" if clock else "") or "T0S"
    return f"{'-' if value < timedelta() else ''}P{written}"


def add_months(value: date, months: int) -> date | None:
    """The same day so many months on; a day the month lacks becomes its last day."""
    year, index = divmod(value.year * 12 + value.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, index + 1)[1]
    return value.replace(year=year, month=index + 1, day=min(value.day, last))


def add_time(value: date, length: timedelta) -> date | None:
    """A date or a date and time moved by a duration; None outside the years 1 to 9999."""
    try:
        return value + length
    except OverflowError:
        return None


def turn(value: time, length: timedelta) -> time:
    """A time of day moved by a duration, round the clock."""
    moved = datetime.combine(date(2000, 1, 1), value.replace(tzinfo=None)) + timedelta(
        seconds=length.seconds, microseconds=length.microseconds
    )
    return moved.time().replace(tzinfo=value.tzinfo)


def scale(length: timedelta, factor: Decimal) -> timedelta | None:
    """A duration times a number, exact to the microsecond."""
    micro = Decimal(length // timedelta(microseconds=1)) * factor
    try:
        return timedelta(microseconds=int(micro.to_integral_value()))
    except (OverflowError, ValueError, ArithmeticError):
        return None


def seconds_of(length: timedelta) -> Decimal:
    """A duration in seconds, exactly."""
    return Decimal(length // timedelta(microseconds=1)) / Decimal(1_000_000)


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another, as the standard's years and months duration."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months
