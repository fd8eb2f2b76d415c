"""Shadows of a block put together and laid on the ellipsoid."""

from __future__ import annotations

from collections.abc import Iterable

from yiwang.maps.solids.contracts import Block, Outline, Ring, Shade
from yiwang.maps.solids.rules.shadows import convergence, shadows_of
from yiwang.maps.solids.rules.sun import Sun
from yiwang.platform.sql import fetch_within

#: Buildings whose shadows are put together at once.
MOST_SHADED = 2_000
_MOST_MILLISECONDS = 8_000
_TOGETHER = (
    "WITH dark AS MATERIALIZED (SELECT ST_Union(ST_GeomFromText(w, %(epsg)s::int)) AS g "
    "FROM unnest(%(dark)s::text[]) w), stood AS MATERIALIZED (SELECT ST_Union(ST_GeomFromText(w, "
    "%(epsg)s::int)) AS g FROM unnest(%(stood)s::text[]) w), left_ AS MATERIALIZED (SELECT "
    "ST_CollectionExtract(ST_Difference(dark.g, stood.g), 3) AS g FROM dark, stood), "
    "placed AS MATERIALIZED (SELECT g, ST_Transform(g, 4490) AS p FROM left_ WHERE NOT ST_IsEmpty(g)) "
    "SELECT ST_AsGeoJSON(p, 7, 0), ST_AsText(p, 7), ST_Area(g) FROM placed"
)


def shade_of(block: Block, sun: Sun) -> Shade | None:
    """The shaded ground; None where there is none, or the sun is too low.

    Raises:
        TimeLimitReached: the database took too long.
    """
    dark: list[str] = []
    stood: list[str] = []
    for building in block.buildings:
        turned = convergence(next(iter(building.places.values())), block.meridian)
        shadows = shadows_of(building, sun, turned)
        dark += _written(shadows)
        stood += _written(building.outlines) if shadows else []
    if not dark:
        return None
    params = {"epsg": block.epsg, "dark": dark, "stood": stood}
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(_TOGETHER, params)])
    if not rows:
        return None
    geojson, wkt, metres = rows[0]
    return Shade(geojson=str(geojson), wkt=str(wkt), square_metres=float(str(metres)))


def _written(outlines: Iterable[Outline]) -> list[str]:
    return [
        f"POLYGON({','.join(_ring(ring) for ring in (outline.outer, *outline.courts))})"
        for outline in outlines
    ]


def _ring(ring: Ring) -> str:
    return f"({','.join(f'{x / 1000:.3f} {y / 1000:.3f}' for x, y in (*ring, ring[0]))})"
