"""Buildings divided among squares of degrees, and these as a tileset of 3D Tiles 1.1 (OGC 22-025r4)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.maps.solids.contracts import Place
from yiwang.maps.solids.rules.globe import stand_at

#: Squares of the finest level are 38 m of latitude wide.
FINEST = 20
#: A tile is no wider (0.09 degrees), so that single precision holds half a millimetre in it.
COARSEST = 12
#: A square with more is divided, down to the finest level.
MOST_IN_TILE = 400


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A square: of level 0 there is one, 360 degrees wide, from 180 west and 180 south."""

    level: int
    column: int
    row: int

    @property
    def degrees(self) -> float:
        """How wide it is."""
        return 360 / (1 << self.level)

    @property
    def middle(self) -> Place:
        """Where its tile stands."""
        return (self.column + 0.5) * self.degrees - 180, (self.row + 0.5) * self.degrees - 180

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees."""
        west, south = self.column * self.degrees - 180, self.row * self.degrees - 180
        return west, south, west + self.degrees, south + self.degrees

    @property
    def parent(self) -> Cell:
        """The square of the level above."""
        return Cell(self.level - 1, self.column // 2, self.row // 2)

    def is_one(self) -> bool:
        """Whether there is such a square."""
        return 0 <= self.level <= FINEST and max(self.column, self.row) < 1 << self.level


@dataclass(frozen=True, slots=True)
class Filling:
    """How many buildings have their middle in a square, how far they reach in degrees, and up in metres."""

    many: int
    west: float
    south: float
    east: float
    north: float
    high: float

    def joined(self, other: Filling) -> Filling:
        """Both together."""
        return Filling(
            self.many + other.many,
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
            max(self.high, other.high),
        )


def tileset_of(finest: Mapping[Cell, Filling]) -> dict[str, JsonValue]:
    """A tileset in which each building of the finest squares is in one tile."""
    levels = _gathered(finest)
    root = Cell(0, 0, 0)
    if not levels:
        empty: JsonValue = {"boundingVolume": {"region": [0.0] * 6}, "geometricError": 0.0}
        return {"asset": {"version": "1.1"}, "geometricError": 0.0, "root": empty}
    children = defaultdict[Cell, list[Cell]](list)
    for cell in sorted(levels):
        if cell.level:
            children[cell.parent].append(cell)
    while len(children[root]) == 1 and not _is_tile(root, levels[root]):
        root = children[root][0]
    return {
        "asset": {"version": "1.1"},
        "geometricError": 2 * _error(root),
        "root": {**_tile(root, levels, children), "refine": "ADD"},
    }


def _gathered(finest: Mapping[Cell, Filling]) -> dict[Cell, Filling]:
    found = dict(finest)
    here = finest
    while here and next(iter(here)).level:
        above: dict[Cell, Filling] = {}
        for cell, filling in here.items():
            known = above.get(cell.parent)
            above[cell.parent] = filling if known is None else known.joined(filling)
        found |= above
        here = above
    return found


def _tile(
    cell: Cell, levels: Mapping[Cell, Filling], children: Mapping[Cell, list[Cell]]
) -> dict[str, JsonValue]:
    filling = levels[cell]
    region = [math.radians(each) for each in (filling.west, filling.south, filling.east, filling.north)]
    volume: JsonValue = {"region": [*region, 0.0, filling.high]}
    if _is_tile(cell, filling):
        return {
            "boundingVolume": volume,
            "geometricError": 0.0,
            "transform": [*stand_at(cell.middle).matrix()],
            "content": {"uri": f"tiles/{cell.level}/{cell.column}/{cell.row}.glb"},
        }
    inside: list[JsonValue] = [_tile(each, levels, children) for each in children[cell]]
    return {"boundingVolume": volume, "geometricError": _error(cell), "children": inside}


def _is_tile(cell: Cell, filling: Filling) -> bool:
    return cell.level >= COARSEST and (filling.many <= MOST_IN_TILE or cell.level == FINEST)


def _error(cell: Cell) -> float:
    """Metres of which a viewer misses something while the square's buildings are not drawn."""
    return max(cell.degrees * ABOUT_A_DEGREE / 8, 1.0)
