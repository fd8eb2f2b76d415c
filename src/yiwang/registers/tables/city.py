"""Whether something lies in the city, by the borders of its districts."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.registers.borders import BORDERS, DISTRICTS
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.looked_over import is_there
from yiwang.registers.tables.running import row

_TOUCHED = sql.SQL(
    "SELECT bool_or(ST_Intersects(b.{border}::geometry, ST_MakeEnvelope("
    "%(west)s, %(south)s, %(east)s, %(north)s, ST_SRID(b.{border}::geometry)))) FROM {table} b"
)
_OUTSIDE = sql.SQL(
    "SELECT min(c.path[1]) FROM ST_DumpPoints(ST_GeomFromText(%(corners)s)) c "
    "WHERE EXISTS (SELECT 1 FROM {table}) AND NOT EXISTS (SELECT 1 FROM {table} b WHERE "
    "ST_Covers(b.{border}::geometry, ST_SetSRID(c.geom, ST_SRID(b.{border}::geometry))))"
)


def touches_city(west: float, south: float, east: float, north: float) -> bool | None:
    """Whether a box in degrees shares ground with a district; None where no borders are known."""
    if DISTRICTS not in BORDERS:
        return None
    borders = BORDERS.get(DISTRICTS)
    if not is_there(borders.register):
        return None
    statement = _TOUCHED.format(border=sql.Identifier(borders.border), table=table(borders.register))
    found = row(statement, {"west": west, "south": south, "east": east, "north": north})
    return found[0] if found is not None else None


def outside_city(corners: Sequence[tuple[float, float]]) -> int | None:
    """Which of some corners in degrees, from 0 on, is the first in no district; None where none is.

    Where no borders are known, none is outside.
    """
    if DISTRICTS not in BORDERS:
        return None
    borders = BORDERS.get(DISTRICTS)
    if not is_there(borders.register):
        return None
    statement = _OUTSIDE.format(border=sql.Identifier(borders.border), table=table(borders.register))
    words = ", ".join(f"{east:.7f} {north:.7f}" for east, north in corners)
    found = row(statement, {"corners": f"LINESTRING({words})"})
    return int(found[0]) - 1 if found is not None and found[0] is not None else None
