"""Figures of supervision and the cases behind each of them: a figure and its list are one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from yiwang.cases.contracts.words import Light, Phase
from yiwang.kernel.text import Text

Row = TypeVar("Row")


class Dimension(StrEnum):
    """By what open cases are counted."""

    WHOLE = "whole"
    ORGANISATION = "organisation"
    TYPE = "type"
    DIVISION = "division"


class Indicator(StrEnum):
    """What is measured of a department or an officer in a month."""

    ON_TIME = "on_time"
    CARDS = "cards"
    NOTICES = "notices"
    RATINGS = "ratings"
    SUPPLEMENTS = "supplements"


#: How each thing that is counted may have gone, by indicator; ratings are marked "1" to "5".
MARKS: Mapping[Indicator, tuple[str, ...]] = {
    Indicator.ON_TIME: ("on_time", "late"),
    Indicator.CARDS: ("yellow", "red"),
    Indicator.NOTICES: ("in_time", "late", "unanswered"),
    Indicator.RATINGS: ("5", "4", "3", "2", "1"),
    Indicator.SUPPLEMENTS: ("clean", "supplemented"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Open cases under one key, each counted once under its worst light.

    ``children`` of them are child cases that a department decides for a joint one.
    """

    dimension: Dimension
    key: str
    lights: Mapping[Light, int]
    due_today: int
    children: int

    @property
    def open(self) -> int:
        """All of them."""
        return sum(self.lights.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCase:
    """An open case in the list behind a figure; ``holders`` are the organisations that hold it now."""

    case_id: int
    number: str
    type_code: str
    type_title: Text
    title: str
    organisation: str
    holders: tuple[str, ...]
    division_code: str
    phase: Phase
    light: Light
    due_at: datetime | None
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many things of an indicator went one way; ``officer_id`` is None for a department's tally."""

    indicator: Indicator
    organisation: str
    officer_id: int | None
    mark: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that was counted, with its case: a limit, a card, a notice, a rating, an application."""

    indicator: Indicator
    case_id: int
    number: str
    type_title: Text
    title: str
    step: Text | None
    organisation: str
    officer_id: int | None
    mark: str
    at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[Row]):
    """A part of a list, with how many there are in all."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """A service item in a month. Times are in ``unit`` of its limits, as the law counts them."""

    type_code: str
    received: int
    supplemented: int
    ended: int
    late: int
    unit: str
    average: float | None
    ninetieth: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFigures:
    """A step of an item in a month: how long its tasks lay open, in hours of the wall clock."""

    type_code: str
    type_version_id: int
    node: str
    done: int
    median_hours: float
    ninetieth_hours: float
    total_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """Who answered last in joint steps: how often, and how long all the others had been waiting for it."""

    type_code: str
    organisation: str
    times: int
    waited_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Cases received and ended on a day."""

    day: date
    received: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigures:
    """What the public may know of a department in a month: no person, no officer, no case."""

    organisation: str
    received: int
    ended: int
    on_time: int
    #: How many ratings of each level, from 1 to 5.
    ratings: Mapping[int, int]
