"""Pipes of the layers below the street in a box, at their depth, as their reader may see them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from yiwang.maps.analysis.api import PipeFields, fields_of_pipes
from yiwang.maps.definitions import Categories, Plain
from yiwang.maps.queries.features import Box
from yiwang.maps.queries.layers import ReadLayer, list_layers
from yiwang.maps.solids.contracts import Pipe, TooManyPipes
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within

MOST_PIPES = 4_000
_MOST_MILLISECONDS = 5_000
#: Millimetres: a cable is drawn no thinner.
_THINNEST = 300.0
_GREY = "#505a5f"
#: ``before`` and ``whole`` are metres, as a course may have several parts; M is a share of the whole.
_LAID = sql.SQL(
    "WITH box AS MATERIALIZED (SELECT ST_Transform(ST_MakeEnvelope("
    "%(west)s, %(south)s, %(east)s, %(north)s, 4490), 3857) AS b), "
    "found AS MATERIALIZED (SELECT t._entry AS entry, {kept} AS g, {first} AS first, {last} AS last, "
    "{diameter} AS diameter, {value} AS value FROM {relation}, box WHERE {drawn} && box.b "
    "AND ST_Intersects({drawn}, box.b) AND {condition} AND {first} IS NOT NULL AND {last} IS NOT NULL "
    "ORDER BY t._entry LIMIT {most}), "
    "parts AS (SELECT f.*, d.path, d.geom AS part, d.metres, sum(d.metres) OVER (PARTITION BY f.entry "
    "ORDER BY d.path) - d.metres AS before, sum(d.metres) OVER (PARTITION BY f.entry) AS whole "
    "FROM found f, LATERAL (SELECT s.path, s.geom, ST_Length(s.geom::geography) AS metres "
    "FROM ST_Dump(f.g) s) d WHERE d.metres > 0) "
    "SELECT p.entry, p.first, p.last, p.diameter, p.value, (SELECT json_agg(json_build_array("
    "ST_X(c.geom), ST_Y(c.geom), ST_M(c.geom)) ORDER BY c.path)::text FROM ST_DumpPoints("
    "ST_AddMeasure(p.part, p.before / p.whole, (p.before + p.metres) / p.whole)) c) "
    "FROM parts p ORDER BY p.entry, p.path"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A layer's pipes of known depth; what has none of the fields ``depths`` is not among them."""

    layer: str
    depths: tuple[str, ...]
    pipes: tuple[Pipe, ...]


def pipes_within(actor: Actor | None, box: Box) -> tuple[Laid, ...]:
    """Give all pipes of known depth that touch a box, of the layers whose depths this reader sees.

    Raises:
        TooManyPipes: of one layer there are more than one answer holds; none is left out.
        TimeLimitReached: the database took too long.
    """
    found = []
    for read in list_layers(actor):
        fields = fields_of_pipes(read.drawn) if read.layer.underground else None
        if fields is None or fields.depth_from is None or fields.depth_from not in read.drawn.clear:
            continue
        depths = tuple(dict.fromkeys((fields.depth_from, fields.depth_to or fields.depth_from)))
        shown = {each.name for each in read.layer.fields}
        # a layer that keeps depths to itself is drawn flat, whatever its reader sees in the register
        if shown.issuperset(depths) and read.drawn.clear.issuperset(depths):
            found.append(Laid(layer=read.layer.code, depths=depths, pipes=_pipes(read, fields, depths, box)))
    return tuple(found)


def _pipes(read: ReadLayer, fields: PipeFields, depths: Sequence[str], box: Box) -> tuple[Pipe, ...]:
    style, drawn = read.layer.style, read.drawn
    statement = _LAID.format(
        kept=drawn.kept,
        drawn=drawn.drawn,
        relation=drawn.relation,
        condition=drawn.condition,
        first=_column(read, depths[0], "float8"),
        last=_column(read, depths[-1], "float8"),
        diameter=_column(read, fields.diameter, "float8"),
        value=_column(read, style.field if isinstance(style, Categories) else None, "text"),
        most=sql.Literal(MOST_PIPES + 1),
    )
    params: dict[str, object] = dict(zip(("west", "south", "east", "north"), box, strict=True))
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), params)])
    if len({row[0] for row in rows}) > MOST_PIPES:
        raise TooManyPipes(most=MOST_PIPES)
    return tuple(_pipe(read, row) for row in rows)


def _pipe(read: ReadLayer, row: Sequence[object]) -> Pipe:
    first, last = float(str(row[1])), float(str(row[2]))
    wide = max(float(str(row[3])) if row[3] is not None else 0.0, _THINNEST) / 1000
    # depths are those of the top
    course = tuple(
        (float(east), float(north), round(first + (last - first) * share + wide / 2, 3))
        for east, north, share in json.loads(str(row[5]))
    )
    return Pipe(course=course, wide=wide, colour=_colour(read, row[4]))


def _colour(read: ReadLayer, value: object) -> str:
    style = read.layer.style
    if isinstance(style, Plain):
        return style.colour
    if not isinstance(style, Categories):
        return _GREY
    return next((each.colour for each in style.values if each.value == value), style.other)


def _column(read: ReadLayer, name: str | None, kind: str) -> sql.Composed:
    """A field that this reader sees as it is and that the layer shows; else nothing."""
    shown = {each.name for each in read.layer.fields}
    if name is None or name not in shown or name not in read.drawn.clear or name not in read.drawn.typed:
        return sql.SQL("NULL::{}").format(sql.SQL(kind))
    return sql.SQL("({})::{}").format(read.drawn.typed[name], sql.SQL(kind))
