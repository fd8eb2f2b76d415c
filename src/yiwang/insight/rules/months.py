"""A calendar month of the city, as a span of instants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yiwang.kernel.days import month_text
from yiwang.kernel.text import Text

ZONE = ZoneInfo("Asia/Shanghai")
_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month; ``since`` is its first instant and ``until`` that of the next one."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """How addresses and rows write it: ``2026-03``."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def title(self) -> Text:
        """Its name for people."""
        return month_text(self.year, self.number)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def since(self) -> datetime:
        """Midnight in the city at its begin."""
        return datetime.combine(self.first, time(), ZONE)

    @property
    def until(self) -> datetime:
        """Midnight in the city at its end."""
        return self.next.since

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)


def month_of(at: datetime) -> Month:
    """The month of an instant in the city."""
    local = at.astimezone(ZONE)
    return Month(local.year, local.month)


def read_month(written: str) -> Month | None:
    """Read ``2026-03``; None if it is no month."""
    found = _WRITTEN.fullmatch(written)
    return Month(int(found[1]), int(found[2])) if found else None
