"""A city's outline as a small drawing, and where a place is in it. Pure: GeoJSON in, coordinates out.

Longitudes are shortened by the cosine of the latitude, which is right to a pixel for the breadth of a city.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
#: Points of an edge nearer to each other than this, in units of the drawing, are drawn as one.
_NEAR = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A drawing ``width`` by ``height``: the ``edges`` as SVG paths, and the place at ``x``, ``y``."""

    width: int
    height: int
    edges: tuple[str, ...]
    x: float
    y: float


def drawn(rings: Sequence[Sequence[Point]], place: Point, *, width: int = 480) -> Outline | None:
    """Rings of (longitude, latitude) and a place; None where there is no ring."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    across = math.cos(math.radians((south + north) / 2))
    scale = width / max((east - west) * across, 1e-9)

    def at(point: Point) -> Point:
        return (round((point[0] - west) * across * scale, 1), round((north - point[1]) * scale, 1))

    x, y = at(place)
    edges = tuple(_path(at(point) for point in ring) for ring in rings)
    return Outline(width=width, height=round((north - south) * scale), edges=edges, x=x, y=y)


def rings_of(geometry: object) -> Iterator[tuple[Point, ...]]:
    """The outer rings of a GeoJSON polygon or several."""
    if not isinstance(geometry, dict):
        return
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    for polygon in polygons if isinstance(polygons, list) else ():
        if isinstance(polygon, list) and polygon and isinstance(polygon[0], list):
            yield tuple((float(x), float(y)) for x, y, *_ in polygon[0])


def _path(points: Iterable[Point]) -> str:
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) >= _NEAR:
            kept.append(point)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"
