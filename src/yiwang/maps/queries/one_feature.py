"""One feature of a layer, whole: its shape as the register keeps it, under the rights of the layer's list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg import sql

from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.sql import fetch_within, values_of

_MOST_MILLISECONDS = 5_000
_ONE = sql.SQL(
    "SELECT ST_AsGeoJSON({shape}, 9, 0), ST_X(c.p), ST_Y(c.p), ST_NPoints({shape}), row_to_json(v)::text "
    "FROM {relation}, LATERAL (SELECT ST_Transform(ST_PointOnSurface({drawn}), 4326) AS p) c, "
    "LATERAL (SELECT {columns}) v WHERE t._entry = %(entry)s AND {drawn} IS NOT NULL AND {condition}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFeature:
    """``shape`` is GeoJSON in CGCS2000; ``values`` are those that this reader's tiles bear."""

    entry: int
    shape: str
    corners: int
    longitude: float
    latitude: float
    values: Mapping[str, object]


def find_feature(read: ReadLayer, entry: int) -> WholeFeature | None:
    """Give it; None where there is none of the number, or it is not for this reader."""
    drawn = read.drawn
    statement = _ONE.format(
        shape=sql.Identifier("t", drawn.shape.name),
        relation=drawn.relation,
        drawn=drawn.drawn,
        condition=drawn.condition,
        columns=read.select(read.seen),
    )
    (found,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {"entry": entry})])
    if not found:
        return None
    shape, east, north, corners, said = found[0]
    return WholeFeature(
        entry=entry,
        shape=str(shape),
        corners=int(str(corners)),
        longitude=round(float(str(east)), 6),
        latitude=round(float(str(north)), 6),
        values=values_of(said),
    )
