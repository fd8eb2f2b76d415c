"""What a clock stores: its budget, its start and its stops. Everything else is derived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yiwang.kernel.text import Text


class Unit(StrEnum):
    """What a budget counts.

    ``WORKING_DAYS`` is what the Administrative Licensing Law means by days (Art. 82); ``CALENDAR_DAYS``
    is the Civil Code's day (Art. 201-203); ``WORKING_MINUTES`` is for office hours, such as the
    handling limits of grid management.
    """

    WORKING_DAYS = "working_days"
    WORKING_MINUTES = "working_minutes"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class Budget:
    """How long the law or the promise gives: at least one unit."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a budget is at least one unit; what is done at once has no clock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stretch that the law does not count, e.g. a hearing (Administrative Licensing Law Art. 45).

    ``end`` is None while the stop lasts. ``ground`` is the pack's key of the reason (``hearing``,
    ``expert_review``, ``supplement``), ``label`` its name for readers.
    """

    start: datetime
    end: datetime | None
    ground: str
    legal_basis: Text
    label: Text | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise ValueError("a stop needs times with a zone")
        if self.end is not None and self.end < self.start:
            raise ValueError("a stop cannot end before it begins")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """One clock. Stops may overlap and come in any order; only their union counts.

    ``extended_by`` is in the budget's unit and comes on top (Art. 42: ten working days more, once, with
    the head's approval and the reason told to the applicant).
    """

    budget: Budget
    started_at: datetime
    stops: tuple[Stop, ...] = ()
    extended_by: int = 0

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            raise ValueError("a clock needs a start with a zone")
        if self.extended_by < 0:
            raise ValueError("an extension cannot shorten a clock")

    @property
    def total(self) -> int:
        """Budget and extension together, in the budget's unit."""
        return self.budget.amount + self.extended_by
