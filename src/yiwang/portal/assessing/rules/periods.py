"""Quarters and years, as addresses and rows write them: ``2026-Q3``, ``2026``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from yiwang.kernel.text import Text

_WRITTEN = re.compile(r"(20\d\d)(?:-Q([1-4]))?")
_QUARTERS = ("一", "二", "三", "四")


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or with a ``quarter`` of 1 to 4 a quarter of it."""

    year: int
    quarter: int = 0

    @property
    def key(self) -> str:
        """How it is written."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def title(self) -> Text:
        """Its name for people."""
        if not self.quarter:
            return Text(f"{self.year}年", f"{self.year}")
        zh = _QUARTERS[self.quarter - 1]
        return Text(f"{self.year}年第{zh}季度", f"Quarter {self.quarter} of {self.year}")

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.quarter in {0, 4}:
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)


def read_period(written: str) -> Period | None:
    """Read ``2026-Q3`` or ``2026``; None if it is neither."""
    found = _WRITTEN.fullmatch(written)
    return Period(int(found[1]), int(found[2] or 0)) if found else None


def quarter_of(day: date) -> Period:
    """The quarter of a day."""
    return Period(day.year, (day.month + 2) // 3)


def periods_until(day: date, *, quarters: int = 8) -> tuple[Period, ...]:
    """The quarters up to that of a day and their years, the latest first."""
    found: list[Period] = []
    now = quarter_of(day)
    for _ in range(quarters):
        if Period(now.year) not in found:
            found.append(Period(now.year))
        found.append(now)
        now = Period(now.year, now.quarter - 1) if now.quarter > 1 else Period(now.year - 1, 4)
    return tuple(found)
