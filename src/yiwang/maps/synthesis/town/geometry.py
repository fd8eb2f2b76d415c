"""Convex areas in metres around a centre, cut by lines; and back to degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.kernel.degrees import ABOUT_A_DEGREE

Point = tuple[float, float]
#: Corners in order, the first not repeated.
Area = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Metres east and north of a centre in degrees."""

    longitude: float
    latitude: float

    def metres(self, place: Point) -> Point:
        """Metres of a place in degrees."""
        return (place[0] - self.longitude) * self._east, (place[1] - self.latitude) * ABOUT_A_DEGREE

    def degrees(self, point: Point) -> Point:
        """Degrees of a place in metres, to a tenth of a metre."""
        return (
            round(self.longitude + point[0] / self._east, 6),
            round(self.latitude + point[1] / ABOUT_A_DEGREE, 6),
        )

    def area_text(self, area: Area) -> str:
        """An area as WKT in degrees."""
        places = [self.degrees(corner) for corner in area]
        return "POLYGON((" + ", ".join(f"{x} {y}" for x, y in [*places, places[0]]) + "))"

    def point_text(self, point: Point) -> str:
        """A point as files write it: longitude and latitude."""
        longitude, latitude = self.degrees(point)
        return f"{longitude} {latitude}"

    @property
    def _east(self) -> float:
        return ABOUT_A_DEGREE * math.cos(math.radians(self.latitude))


@dataclass(frozen=True, slots=True)
class Line:
    """A straight piece of road: where it begins, its direction and normal (unit vectors), its length."""

    start: Point
    along: Point
    length: float

    @classmethod
    def between(cls, start: Point, end: Point) -> Line:
        """The piece from one place to another."""
        east, north = end[0] - start[0], end[1] - start[1]
        length = math.hypot(east, north)
        return cls(start, (east / length, north / length), length)

    def forward(self, point: Point) -> float:
        """How far along the line a point lies, from its beginning."""
        return (point[0] - self.start[0]) * self.along[0] + (point[1] - self.start[1]) * self.along[1]

    def aside(self, point: Point) -> float:
        """How far to the left of the line a point lies."""
        return (point[1] - self.start[1]) * self.along[0] - (point[0] - self.start[0]) * self.along[1]

    def beside(self, forward: float, aside: float) -> Point:
        """The point that lies so far along and so far to the left."""
        return (
            self.start[0] + forward * self.along[0] - aside * self.along[1],
            self.start[1] + forward * self.along[1] + aside * self.along[0],
        )


def rectangle(line: Line, low: Point, high: Point) -> Area:
    """A rectangle between two corners, each given by forward and aside of a line."""
    (u1, v1), (u2, v2) = low, high
    return (
        line.beside(u1, v1),
        line.beside(u2, v1),
        line.beside(u2, v2),
        line.beside(u1, v2),
    )


def left_of(area: Area, line: Line, least: float) -> Area:
    """What of a convex area lies at least so far to the left of a line; may be empty."""
    kept: list[Point] = []
    for place, corner in enumerate(area):
        before = area[place - 1]
        far, far_before = line.aside(corner) - least, line.aside(before) - least
        if (far >= 0) != (far_before >= 0):
            share = far_before / (far_before - far)
            kept.append(
                (before[0] + share * (corner[0] - before[0]), before[1] + share * (corner[1] - before[1]))
            )
        if far >= 0:
            kept.append(corner)
    return tuple(kept)


def turned(line: Line) -> Line:
    """The same line the other way round."""
    return Line(line.beside(line.length, 0), (-line.along[0], -line.along[1]), line.length)


def cut(area: Area, line: Line, half: float) -> tuple[Area, ...]:
    """What is left of a convex area on both sides of a road of so many metres to each side."""
    across = Line(line.start, (line.along[1], -line.along[0]), 1.0)
    near = left_of(area, across, -half)
    behind = Line(line.beside(line.length, 0), (-across.along[0], -across.along[1]), 1.0)
    near = left_of(near, behind, -half) if near else ()
    if not near or (min(abs(line.aside(each)) for each in near) >= half and _one_side(near, line)):
        return (area,)
    return tuple(
        part for part in (left_of(area, line, half), left_of(area, turned(line), half)) if len(part) > 2
    )


def _one_side(area: Area, line: Line) -> bool:
    return len({line.aside(each) > 0 for each in area}) == 1


def size(area: Area) -> float:
    """Square metres."""
    return abs(
        sum(
            area[place - 1][0] * corner[1] - corner[0] * area[place - 1][1]
            for place, corner in enumerate(area)
        )
        / 2
    )


def middle(area: Area) -> Point:
    """The mean of the corners, which lies in a convex area."""
    return sum(x for x, _ in area) / len(area), sum(y for _, y in area) / len(area)


def roundness(area: Area) -> float:
    """1 for a circle, 0 for a line."""
    around = sum(math.dist(area[place - 1], corner) for place, corner in enumerate(area))
    return 4 * math.pi * size(area) / (around * around) if around else 0.0


def holds(area: Area, point: Point, inset: float) -> bool:
    """Whether a point lies in a convex area, so far from its border."""
    sign = 1 if _is_left_handed(area) else -1
    for place, corner in enumerate(area):
        before = area[place - 1]
        if math.dist(before, corner) < 0.05:
            continue
        if sign * Line.between(before, corner).aside(point) < inset:
            return False
    return True


def _is_left_handed(area: Area) -> bool:
    return (
        sum(
            area[place - 1][0] * corner[1] - corner[0] * area[place - 1][1]
            for place, corner in enumerate(area)
        )
        > 0
    )


def strip(course: Sequence[Point], half: float) -> Area:
    """A band along a course, so many metres to each side."""
    left: list[Point] = []
    right: list[Point] = []
    for place, point in enumerate(course):
        before, after = course[max(place - 1, 0)], course[min(place + 1, len(course) - 1)]
        line = Line.between(before, after)
        here = Line(point, line.along, 1.0)
        left.append(here.beside(0, half))
        right.append(here.beside(0, -half))
    return (*left, *reversed(right))
