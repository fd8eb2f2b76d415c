"""Whether coordinates are those of a web map: told by places that are known by their addresses too.

Only proposed: somebody says it, or that the coordinates are right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.registers.rules.shifted import SHIFTED, Degrees

#: Rows of which both places are known, below which nothing is said.
LEAST = 10
#: Metres: closer than this nothing is displaced, and what is moved back must come as close.
_FAR, _NEAR = 200.0, 120.0
#: So many times closer must the moved places be.
_TIMES = 4


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The system that fits better, how many rows tell it, and median metres before and after."""

    system: str
    rows: int
    before: int
    after: int


def suspicion(places: Sequence[tuple[Degrees, Degrees]]) -> Suspicion | None:
    """Compare given places with those of their addresses; None where they are right, or nobody can tell."""
    if len(places) < LEAST:
        return None
    before = median(_metres(given, known) for given, known in places)
    after, system = min(
        (median(_metres(move(*given), known) for given, known in places), system)
        for system, move in SHIFTED.items()
    )
    if before < _FAR or after > _NEAR or after * _TIMES > before:
        return None
    return Suspicion(system, len(places), round(before), round(after))


def _metres(one: Degrees, other: Degrees) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * ABOUT_A_DEGREE
