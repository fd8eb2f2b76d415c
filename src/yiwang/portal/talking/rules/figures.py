"""Figures for everybody that give nobody away.

A department that few people wrote to is not shown by itself: who knows that a neighbour wrote would learn
from its row what became of that letter. It is put together with the next smallest, and nothing can be had by
subtracting what is shown from the total, for what is put together is no small count either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Fewer letters than this stand in no row of their own.
LEAST = 5
#: Satisfaction is told from so many ratings on, in steps of five per cent, so that one more shows little.
LEAST_RATED = 10
_STEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Sums of one organisation; of several put together, ``organisation`` is empty."""

    organisation: str
    received: int
    answered: int
    timed: int = 0
    on_time: int = 0
    days: int = 0
    counted: int = 0
    rated: int = 0
    satisfied: int = 0

    def plus(self, other: Row, *, organisation: str = "") -> Row:
        """Both together."""
        return Row(
            organisation=organisation,
            received=self.received + other.received,
            answered=self.answered + other.answered,
            timed=self.timed + other.timed,
            on_time=self.on_time + other.on_time,
            days=self.days + other.days,
            counted=self.counted + other.counted,
            rated=self.rated + other.rated,
            satisfied=self.satisfied + other.satisfied,
        )

    @property
    def is_small(self) -> bool:
        """Whether it counts somebody, and few."""
        return 0 < self.received < LEAST or 0 < self.answered < LEAST

    @property
    def share_on_time(self) -> int | None:
        """Whole per cent, rounded down, so that nobody late is rounded away."""
        return self.on_time * 100 // self.timed if self.timed else None

    @property
    def days_mean(self) -> float | None:
        """Mean working days to the answer, to a tenth."""
        return round(self.days / self.counted, 1) if self.counted else None

    @property
    def share_satisfied(self) -> int | None:
        """Per cent in steps of five, rounded down; None for few ratings."""
        if self.rated < LEAST_RATED:
            return None
        return self.satisfied * 100 // self.rated // _STEP * _STEP


_NOTHING = Row(organisation="", received=0, answered=0)


def total_of(rows: Iterable[Row]) -> Row | None:
    """All together; None where even that is a small count."""
    whole = _NOTHING
    for row in rows:
        whole = whole.plus(row)
    return None if whole.is_small else whole


def shown_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows that may be shown, the most letters first, what was put together last; none is a small count."""
    listed = [row for row in rows if row.received or row.answered]
    kept = sorted(
        (row for row in listed if not row.is_small), key=lambda row: (-row.received, row.organisation)
    )
    small = [row for row in listed if row.is_small]
    if not small:
        return tuple(kept)
    together = _NOTHING
    for row in small:
        together = together.plus(row)
    # one alone would be found by subtraction even if it is no small count any more
    while kept and together.is_small:
        together = together.plus(kept.pop())
    return (*kept, together) if not together.is_small else ()
