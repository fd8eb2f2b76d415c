"""Shapes that programs send, in what registers keep."""

from __future__ import annotations

from django.db import DataError, InternalError
from psycopg import sql
from pydantic import JsonValue

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import FilterWrong
from yiwang.maps.ogc.rules.changes import problem
from yiwang.maps.ogc.rules.shapes import geojson_of
from yiwang.maps.ogc.rules.systems import STORED, System
from yiwang.platform.sql import fetch_within

_MOST_MILLISECONDS = 5_000
_KEPT = sql.SQL("SELECT ST_AsGeoJSON({}, 9, 0)")
_SENT = sql.SQL("ST_SetSRID(ST_GeomFromGeoJSON(%(sent)s), {})")


def shape_of(sent: JsonValue, system: System) -> str:
    """A geometry of a system as GeoJSON in CGCS2000, written as the database writes it.

    Raises:
        InvalidInput: it is no geometry, or lies outside the system.
        TimeLimitReached
    """
    if sent is None:
        return ""
    try:
        text = geojson_of(sent, system)
    except FilterWrong as fault:
        raise problem("geometry", fault.why) from None
    made: sql.Composable = _SENT.format(sql.Literal(system.srid))
    if not system.is_degrees:
        made = sql.SQL("ST_Transform({}, {})").format(made, sql.Literal(STORED))
    try:
        (((found,),),) = fetch_within(_MOST_MILLISECONDS, [(_KEPT.format(made).as_string(), {"sent": text})])
    except (DataError, InternalError):
        raise problem("geometry", Text("数据库不能读取", "the database can't read it")) from None
    return str(found)
