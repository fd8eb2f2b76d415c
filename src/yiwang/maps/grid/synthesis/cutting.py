"""Cuts an area into parts around points: PostGIS draws the borders, so neighbours share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from yiwang.platform.sql import fetch

Place = tuple[float, float]
#: Places keep six digits of a degree, a tenth of a metre.
_CUT: LiteralString = """
WITH whole AS (SELECT ST_MakeValid(ST_GeomFromText(%(area)s)) AS g),
cells AS (
    SELECT (ST_Dump(ST_VoronoiPolygons(ST_GeomFromText(%(points)s), 0, ST_Expand(g, 0.05)))).geom AS c
    FROM whole
),
parts AS (
    SELECT ST_CollectionExtract(ST_ReducePrecision(ST_Intersection(c, g), 0.000001), 3) AS p FROM cells, whole
)
SELECT ST_AsText(p, 6), ST_X(m), ST_Y(m), ST_Area(ST_SetSRID(p, 4490)::geography)
FROM (SELECT p, ST_PointOnSurface(p) AS m FROM parts WHERE NOT ST_IsEmpty(p)) AS found
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its border as text, a place inside of it, its square metres."""

    border: str
    place: Place
    metres: float


def cut(area: str, points: Sequence[Place], *, evened: int) -> list[Part]:
    """Cut an area (WKT, degrees) around points, which move ``evened`` times to the middle of their part."""
    parts = _parts(area, points)
    for _ in range(evened):
        parts = _parts(area, [part.place for part in parts])
    return sorted(parts, key=lambda part: part.place)


def _parts(area: str, points: Sequence[Place]) -> list[Part]:
    if len(points) == 1:
        points = [points[0], (points[0][0] + 10.0, points[0][1])]
    said = "MULTIPOINT(" + ", ".join(f"{east} {north}" for east, north in points) + ")"
    return [
        Part(str(border), (float(str(east)), float(str(north))), float(str(metres)))
        for border, east, north, metres in fetch(_CUT, {"area": area, "points": said})
    ]
