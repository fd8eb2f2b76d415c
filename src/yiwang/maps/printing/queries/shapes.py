"""A layer's shapes in millimetres of a sheet, clipped to it and as coarse as its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

from yiwang.maps.printing.contracts import Frame, Overlay
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.sql import fetch_within, values_of
from yiwang.registers.definitions import FieldKind

#: Per layer; more would be no map but a blot.
MOST_FIGURES = 6_000
#: As far as what is there is counted.
MOST_COUNTED = 100_000
_MOST_MILLISECONDS = 8_000
#: Millimetres: nothing is drawn finer, and what lies this far beyond the edge is not drawn.
_FINE, _BEYOND = 0.08, 4.0
_FRAME = sql.SQL(
    "WITH middle AS MATERIALIZED (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(east)s, %(north)s), 4490), "
    "%(epsg)s::int) AS m), sheet AS MATERIALIZED (SELECT ST_X(m) - %(half_width)s::float8 AS x, "
    "ST_Y(m) + %(half_height)s::float8 AS y, ST_Expand(m, %(half_width)s::float8 + %(beyond)s::float8, "
    "%(half_height)s::float8 + %(beyond)s::float8) AS f FROM middle), "
    "box AS MATERIALIZED (SELECT ST_Transform(ST_Segmentize(f, (ST_XMax(f) - ST_XMin(f)) / 8), 3857) AS b "
    "FROM sheet) "
)
#: Columns: path, east, south, turned, how many there are, values as JSON. The largest first.
_SHAPES = sql.SQL(
    _FRAME.as_string()
    + "SELECT ST_AsSVG(o.g, 1, 2), ST_X(p.p), -ST_Y(p.p), p.turned, c.n, row_to_json(v)::text FROM ("
    "SELECT t.* FROM {relation}, box WHERE {drawn} && box.b AND ST_Intersects({drawn}, box.b) "
    "AND {condition} ORDER BY ST_XMax({drawn}) - ST_XMin({drawn}) + ST_YMax({drawn}) - ST_YMin({drawn}) "
    "DESC, t._entry LIMIT {most}) t, (SELECT count(*) AS n FROM (SELECT 1 FROM {relation}, box "
    "WHERE {drawn} && box.b AND ST_Intersects({drawn}, box.b) AND {condition} LIMIT {counted}) s) c, sheet, "
    "LATERAL (SELECT ST_TransScale({clipped}, -sheet.x, -sheet.y, %(k)s, %(k)s) AS g OFFSET 0) raw, "
    "LATERAL (SELECT {coarse} AS g OFFSET 0) o, LATERAL ({middle}) p, LATERAL (SELECT {columns}) v "
    "WHERE NOT ST_IsEmpty(o.g)"
)
_OVERLAY = sql.SQL(
    _FRAME.as_string()
    + "SELECT ST_AsSVG(ST_TransScale(ST_Transform(ST_GeomFromText(%(wkt)s, 4490), %(epsg)s::int), -sheet.x, "
    "-sheet.y, %(k)s, %(k)s), 1, 2) FROM sheet"
)
_OF_LINES = (
    "SELECT ST_LineInterpolatePoint(l.g, 0.5) AS p, degrees(ST_Azimuth(ST_LineInterpolatePoint(l.g, 0.4), "
    "ST_LineInterpolatePoint(l.g, 0.6))) - 90 AS turned FROM (SELECT d.geom AS g FROM ST_Dump(o.g) d "
    "WHERE GeometryType(d.geom) = 'LINESTRING' ORDER BY ST_Length(d.geom) DESC LIMIT 1) l"
)
_OF_OTHERS = "SELECT ST_PointOnSurface(o.g) AS p, 0::float8 AS turned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One feature on a sheet: path data of SVG in millimetres, where its words stand, and its values."""

    path: str
    east: float
    south: float
    turned: float
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """What is drawn of a layer, and how many features it has there (``MOST_COUNTED`` or more)."""

    figures: tuple[Shape, ...]
    present: int


def shapes_of(layers: Sequence[ReadLayer], frame: Frame, *, valid: date | None, at: datetime) -> list[Shapes]:
    """Give what each layer draws on a sheet.

    Raises:
        TimeLimitReached: the database took too long.
    """
    params = _params(frame)
    if valid is not None:
        params |= {"valid": valid, "known": at}
    asked = [(_statement(each).as_string(), params) for each in layers]
    return [_read(rows) for rows in fetch_within(_MOST_MILLISECONDS, asked)]


def overlay_paths(overlays: Sequence[Overlay], frame: Frame) -> list[str]:
    """The shapes above all layers as path data, in millimetres."""
    asked = [(_OVERLAY.as_string(), _params(frame) | {"wkt": each.wkt}) for each in overlays]
    return [str(rows[0][0]) for rows in fetch_within(_MOST_MILLISECONDS, asked)]


def _params(frame: Frame) -> dict[str, object]:
    metre = frame.scale / 1_000
    return {
        "east": frame.centre[0],
        "north": frame.centre[1],
        "epsg": zone_of(frame.centre[0])[1],
        "half_width": frame.width / 2 * metre,
        "half_height": frame.height / 2 * metre,
        "beyond": _BEYOND * metre,
        "k": 1 / metre,
    }


def _statement(read: ReadLayer) -> sql.Composed:
    drawn, kind = read.drawn, read.drawn.shape.kind
    projected = sql.SQL("ST_Transform({}, %(epsg)s::int)").format(drawn.drawn)
    if kind is FieldKind.POINT:
        clipped, coarse = projected, sql.SQL("raw.g").format()
    else:
        clipped = sql.SQL("ST_ClipByBox2D({}, Box2D(sheet.f))").format(projected)
        # as coarse as the paper; a small area stays as its own outline rather than nothing
        coarse = sql.SQL("coalesce(ST_Simplify(raw.g, {fine}, true), raw.g)").format(fine=sql.Literal(_FINE))
    return _SHAPES.format(
        relation=drawn.relation,
        drawn=drawn.drawn,
        condition=drawn.condition,
        most=sql.Literal(MOST_FIGURES),
        counted=sql.Literal(MOST_COUNTED),
        clipped=clipped,
        coarse=coarse,
        middle=sql.SQL(_OF_LINES if kind is FieldKind.PATH else _OF_OTHERS),
        columns=read.select(name for name in read.seen if name in read.layer.styled_by()),
    )


def _read(rows: Sequence[Sequence[object]]) -> Shapes:
    figures = tuple(
        Shape(
            path=str(path),
            east=float(str(east)),
            south=float(str(south)),
            turned=float(str(turned)) if turned is not None else 0.0,
            values=values_of(said),
        )
        for path, east, south, turned, _, said in rows
    )
    return Shapes(figures=figures, present=int(str(rows[0][4])) if rows else 0)
