"""Days and intervals of a request (RFC 3339, ISO 8601): ``datetime`` of Features, literals of CQL2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import ParameterRefused

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
#: The city's days (GB/T 7408): a moment belongs to the day that it is here.
ZONE = "Asia/Shanghai"
_HERE = ZoneInfo(ZONE)
_WHY = Text(
    "应为日期、带时区的时刻或区间，如2026-03-01、2026-03-01T00:00:00Z、2026-01-01/2026-03-01、../2026-03-01",
    "it is a day, a moment with its zone or an interval, such as 2026-03-01, 2026-03-01T00:00:00Z, "
    "2026-01-01/2026-03-01 or ../2026-03-01",
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from and until, both included; an open end is the first or last day that there is."""

    since: date
    until: date

    @property
    def is_one_day(self) -> bool:
        """Whether it asks for what was so on one day."""
        return self.since == self.until


def read_span(said: str) -> Span:
    """What ``datetime`` asks for.

    Raises:
        ParameterRefused
    """
    since, between, until = said.partition("/")
    first = _end(since, date.min, may_be_open=bool(between))
    last = _end(until, date.max, may_be_open=True) if between else first
    if first > last:
        raise ParameterRefused(
            name="datetime", why=Text("区间的起点在终点之后", "the interval begins after its end")
        )
    return Span(first, last)


def _end(said: str, when_open: date, *, may_be_open: bool) -> date:
    if said in ("", "..") and may_be_open:
        return when_open
    found = day_of(said)
    if found is None:
        raise ParameterRefused(name="datetime", why=_WHY)
    return found


def day_of(said: str) -> date | None:
    """The day of a day or moment."""
    try:
        if _DAY.fullmatch(said):
            return date.fromisoformat(said)
        moment = moment_of(said)
        return None if moment is None else moment.astimezone(_HERE).date()
    except (ValueError, OverflowError):
        return None


def moment_of(said: str) -> datetime | None:
    """A moment with its zone."""
    if not _MOMENT.fullmatch(said):
        return None
    # the standard knows nine decimals of a second, the clock of Python six
    text = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", said.upper().replace(" ", "T"))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
