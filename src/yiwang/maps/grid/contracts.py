"""What crosses the border of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, YiwangError
from yiwang.kernel.text import Text


class Fault(StrEnum):
    """What can be wrong with a grid."""

    MALFORMED = "malformed"
    NO_PARENT = "no_parent"
    NUMBER_MISSING = "number_missing"
    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE = "outside"
    COMPONENT_MALFORMED = "component_malformed"
    COMPONENT_ELSEWHERE = "component_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, with its place; ``shape`` is GeoJSON in degrees, empty where nothing can be drawn."""

    fault: Fault
    code: str
    #: The other cell, the parent, or what should stand there.
    other: str
    #: Zero where no area is at fault.
    square_metres: float
    longitude: float | None
    latitude: float | None
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridReport:
    """What was checked and found; ``is_whole`` where no fault was left out."""

    cells: int
    parents: int
    components: int
    findings: tuple[Finding, ...]
    is_whole: bool


@dataclass(eq=False)
class GridNotFound(NotFound):
    """There is no such grid, or its registers are not for this reader: both answer the same."""

    grid: str
    text: ClassVar[Text] = Text("没有网格“{grid}”。", "There is no grid {grid!r}.")


@dataclass(eq=False)
class GridAskedWrongly(YiwangError):
    """What is to be checked can't be read."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "within应为编码开头的{least}至{most}位数字，valid应为日期（如2026-03-01）。",
        "within is the first {least} to {most} digits of a code, valid a day such as 2026-03-01.",
    )
    least: int
    most: int
