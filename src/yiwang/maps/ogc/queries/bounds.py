"""Rectangles of a request as SQL, in what registers keep."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.maps.ogc.rules.boxes import Rectangle
from yiwang.maps.ogc.rules.systems import STORED, System

Params = dict[str, object]
#: A straight side of another system is a curve in degrees: it is followed in so many parts.
_PARTS = 32
_SIDES = ("w", "s", "e", "n")


def corners_of(box: Rectangle, named: str, params: Params) -> None:
    """Give ``params`` the numbers of :func:`rectangle`, all of them where it is in degrees."""
    params.update(zip([f"{named}_{side}" for side in _SIDES], box, strict=True))


def rectangle(box: Rectangle, system: System, named: str, params: Params) -> sql.Composed:
    """One rectangle as a geometry; ``params`` takes its numbers."""
    corners_of(box, named, params)
    corners = sql.SQL(", ").join(
        sql.SQL("{}::float8").format(sql.Placeholder(f"{named}_{side}")) for side in _SIDES
    )
    if system.is_degrees:
        return sql.SQL("ST_MakeEnvelope({}, {})").format(corners, sql.Literal(STORED))
    step = max(box[2] - box[0], box[3] - box[1], 1.0) / _PARTS
    params[f"{named}_step"] = step
    return sql.SQL("ST_Transform(ST_Segmentize(ST_MakeEnvelope({}, {}), {}::float8), {})").format(
        corners, sql.Literal(system.srid), sql.Placeholder(f"{named}_step"), sql.Literal(STORED)
    )


def meets(kept: sql.Composable, boxes: Sequence[Rectangle], system: System, params: Params) -> sql.Composable:
    """Whether what is kept meets one of the rectangles."""
    if not boxes:
        return sql.SQL("FALSE")
    parts = [
        sql.SQL("({k} && {b} AND ST_Intersects({k}, {b}))").format(
            k=kept, b=rectangle(box, system, f"box{number}", params)
        )
        for number, box in enumerate(boxes)
    ]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(parts))
