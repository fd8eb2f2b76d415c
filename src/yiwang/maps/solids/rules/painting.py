"""In what order walls and roofs are painted: what is nearer to the eye comes last and hides what is behind.

The plan is cut along the lines of walls (binary space partitioning; Fuchs, Kedem and Naylor 1980): what lies
beyond a line is painted before the wall on it, and what lies on the eye's side after. Bodies stand on level
ground, so the plan alone decides. Metres in the plan, with the eye at its origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot
from random import Random

from yiwang.maps.solids.contracts import TooManyCorners

Flat = tuple[float, float]
#: Metres: nearer to a line than this lies on it.
_ON = 1e-4
#: Some seconds; the houses of a demonstration's centre take a hundredth of it.
_MOST_CUTS = 2_000_000


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall from the ground to ``height`` metres; its body lies to the left of the way from start to end."""

    start: Flat
    end: Flat
    height: float
    body: int


@dataclass(frozen=True, slots=True)
class Roof:
    """A part of a level roof without a hollow, at ``height`` metres."""

    corners: tuple[Flat, ...]
    height: float
    body: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line through the plan that the eye sees from its right side."""

    start: Flat
    along: Flat

    def beyond(self, point: Flat) -> float:
        """Metres behind the line; below 0 on the eye's side."""
        east, north = point[0] - self.start[0], point[1] - self.start[1]
        found = self.along[0] * north - self.along[1] * east
        return 0.0 if abs(found) < _ON else found


_Work = tuple[Sequence[Wall], Sequence[Roof]]


def painted(walls: Sequence[Wall], roofs: Sequence[Roof], eye: float) -> Iterator[Wall | Roof]:
    """Walls that face the eye and roofs below it, farthest first; cut where another lies across.

    ``eye`` is its height in metres.

    Raises:
        TooManyCorners: they would be cut more often than somebody waits.
    """
    facing = [wall for wall in walls if _line_of(wall).beyond((0.0, 0.0)) < 0]
    # by chance lines cut the plan evenly; the same chance each time, and so the same picture
    Random(1).shuffle(facing)  # noqa: S311  no secret
    work: list[_Work | Wall] = [(facing, [roof for roof in roofs if roof.height < eye])]
    cuts = 0
    while work:
        each = work.pop()
        if isinstance(each, Wall):
            yield each
        elif each[0]:
            cuts += len(each[0]) + len(each[1])
            if cuts > _MOST_CUTS:
                raise TooManyCorners
            work += _cut(*each)
        else:  # one body alone covers this part of the plan, or one stands in another: the higher roof hides
            yield from sorted(each[1], key=lambda roof: roof.height)


def _cut(walls: Sequence[Wall], roofs: Sequence[Roof]) -> list[_Work | Wall]:
    """What is to be painted after, on and before the line of the first wall, the last of them first."""
    line = _line_of(walls[0])
    far: tuple[list[Wall], list[Roof]] = ([], [])
    near: tuple[list[Wall], list[Roof]] = ([], [])
    on: list[Wall] = []
    for wall in walls:
        start, end = line.beyond(wall.start), line.beyond(wall.end)
        if start == 0 == end:
            on.append(wall)
        elif start >= 0 and end >= 0:
            far[0].append(wall)
        elif start <= 0 and end <= 0:
            near[0].append(wall)
        else:
            middle = _between(wall.start, wall.end, start, end)
            first, second = replace(wall, end=middle), replace(wall, start=middle)
            far[0].append(first if start > 0 else second)
            near[0].append(second if start > 0 else first)
    for roof in roofs:
        for side, is_far in ((far, True), (near, False)):
            corners = tuple(_part(roof.corners, line, is_far=is_far))
            if len(corners) > 2:
                side[1].append(replace(roof, corners=corners))
    return [near, *on, far]


def _part(corners: Sequence[Flat], line: _Line, *, is_far: bool) -> Iterator[Flat]:
    """The corners on one side of a line, with those where it is crossed."""
    sides = [line.beyond(each) * (1 if is_far else -1) for each in corners]
    if max(sides) <= 0:
        return
    for here, corner in enumerate(corners):
        before = sides[here - 1]
        if before * sides[here] < 0:
            yield _between(corners[here - 1], corner, before, sides[here])
        if sides[here] >= 0:
            yield corner


def _between(start: Flat, end: Flat, first: float, second: float) -> Flat:
    share = first / (first - second)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _line_of(wall: Wall) -> _Line:
    east, north = wall.end[0] - wall.start[0], wall.end[1] - wall.start[1]
    length = hypot(east, north) or 1.0
    return _Line(wall.start, (east / length, north / length))
