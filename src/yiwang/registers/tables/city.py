"""Whether something lies in the city, by the borders of its districts."""

from __future__ import annotations

from psycopg import sql

from yiwang.registers.borders import BORDERS, DISTRICTS
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.looked_over import is_there
from yiwang.registers.tables.running import row

_TOUCHED = sql.SQL(
    "SELECT bool_or(ST_Intersects(b.{border}::geometry, ST_MakeEnvelope("
    "%(west)s, %(south)s, %(east)s, %(north)s, ST_SRID(b.{border}::geometry)))) FROM {table} b"
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
