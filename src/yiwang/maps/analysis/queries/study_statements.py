"""The statements of studies: each one, over what a reader lists of a layer."""

from __future__ import annotations

import math
from collections.abc import Mapping

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Language
from yiwang.maps.analysis.contracts import Method, StudyAsked, StudyRefused
from yiwang.maps.queries.features import Box
from yiwang.maps.queries.layers import ReadLayer
from yiwang.registers.definitions import FieldKind

#: Entries that one statement begins with, and rows that a study gives.
MOST_ENTRIES, MOST_ROWS = 20_000, 1_000
_OPEN = frozenset({Secrecy.PUBLIC, Secrecy.INTERNAL})
IN_CELLS = frozenset({"cells", "hot_spots"})
FIGURES: Mapping[Method, tuple[str, ...]] = {
    "near": ("distance",),
    "nearest": ("distance",),
    "buffer": ("square_metres",),
    "walk": ("square_metres",),
    "intersection": ("length", "square_metres"),
    "difference": ("length", "square_metres"),
    "counts": ("count", "length", "square_metres"),
    "total": ("count", "length", "square_metres"),
    "cells": ("count",),
    "hot_spots": ("count", "z_score"),
}
#: Of a field, beside the count.
SUMS = ("recorded", "sum", "mean", "least", "greatest")
_GIVEN = sql.SQL("ST_Transform(ST_GeomFromText(%(area)s, 4490), 3857)")
#: ``a``: what is studied, in metres (``g``) and as it is indexed (``m``), with its number (``v``).
_STUDIED = sql.SQL(
    "a AS MATERIALIZED (SELECT t._entry AS id, {name} AS name, {drawn} AS m, {flat} AS g, {value} AS v "
    "FROM {relation} WHERE {condition}{inside} LIMIT {most})"
)
#: ``o``: entries of the other layer that lie in a box (3857).
_BESIDE = sql.SQL(
    "(SELECT t._entry AS id, {name} AS name, {flat} AS g FROM {relation} "
    "WHERE {drawn} && {box} AND {condition})"
)
_MEASURES = sql.SQL(
    "ST_Length(ST_CollectionExtract(p.g, 2)), ST_Area(ST_CollectionExtract(p.g, 3)), "
    "ST_AsGeoJSON(ST_Transform(p.g, 4490), 6)"
)
_SHAPE = sql.SQL("ST_AsGeoJSON(ST_Transform({shape}, 4490), 6)")
_NEAR = sql.SQL(
    "WITH {studied} SELECT a.name, n.name, n.far, {shape} FROM a, LATERAL (SELECT o.name, "
    "ST_Distance(o.g, a.g) AS far FROM {beside} o WHERE ST_DWithin(o.g, a.g, %(metres)s::float8) "
    "ORDER BY far, o.id LIMIT 1) n ORDER BY n.far, a.id LIMIT {rows}"
)
#: A first guess by the index tells how far to look; within that the nearest on the plane is the nearest.
_NEAREST = sql.SQL(
    "WITH {studied} SELECT a.name, n.name, n.far, {shape} FROM a, LATERAL (SELECT ST_Distance({flat}, a.g) "
    "AS far FROM {relation} WHERE {condition} ORDER BY {drawn} <-> a.m LIMIT 1) guess, LATERAL ("
    "SELECT o.name, ST_Distance(o.g, a.g) AS far FROM {beside} o ORDER BY far, o.id LIMIT 1) n "
    "ORDER BY n.far, a.id LIMIT {rows}"
)
_BUFFER = sql.SQL(
    "WITH {studied}, joined AS MATERIALIZED (SELECT (ST_Dump(ST_Union(ST_Buffer(a.g, %(metres)s::float8)))"
    ").geom AS g FROM a) SELECT '', '', ST_Area(g), {shape} FROM joined a ORDER BY 3 DESC LIMIT {rows}"
)
_INTERSECTION = sql.SQL(
    "WITH {studied} SELECT a.name, o.name, {measures} FROM a, LATERAL {beside} o, LATERAL (SELECT "
    "ST_CollectionExtract(ST_Intersection(a.g, o.g), least(ST_Dimension(a.g), ST_Dimension(o.g)) + 1) AS g"
    ") p WHERE ST_Intersects(a.g, o.g) AND NOT ST_IsEmpty(p.g) ORDER BY a.id, o.id LIMIT {rows}"
)
_DIFFERENCE = sql.SQL(
    "WITH {studied} SELECT a.name, '', {measures} FROM a, LATERAL (SELECT ST_CollectionExtract("
    "ST_Difference(a.g, coalesce((SELECT ST_Union(o.g) FROM {beside} o WHERE ST_Intersects(a.g, o.g)), "
    "ST_GeomFromText('POINT EMPTY', %(epsg)s::int))), ST_Dimension(a.g) + 1) AS g) p "
    "WHERE NOT ST_IsEmpty(p.g) ORDER BY a.id LIMIT {rows}"
)
_SUMMED = sql.SQL("{part}.known, {part}.total, {part}.mean, {part}.least, {part}.greatest, ")
_SUMS = sql.SQL("count(v) AS known, sum(v) AS total, avg(v) AS mean, min(v) AS least, max(v) AS greatest, ")
#: Of what lies in each zone how many, and how much of it lies inside; its number counts whole.
_COUNTED = sql.SQL(
    "SELECT z.name, '', c.many, c.long, c.wide, {summed}{shape} FROM z, LATERAL (SELECT "
    "{sums}count(*) AS many, "
    "coalesce(sum(ST_Length(CASE WHEN ST_Dimension(o.g) = 1 THEN ST_Intersection(o.g, z.g) "
    "END)), 0) AS long, coalesce(sum(ST_Area(CASE WHEN ST_Dimension(o.g) = 2 THEN ST_Intersection(o.g, z.g) "
    "END)), 0) AS wide FROM a o WHERE o.g && z.g AND ST_Intersects(o.g, z.g)) c"
)
_COUNTS = sql.SQL(
    "WITH {studied}, z AS MATERIALIZED (SELECT z.id, z.name, z.g FROM {zones} z "
    "ORDER BY z.id LIMIT {rows}) {counted} ORDER BY c.many DESC, z.id"
)
_TOTAL = sql.SQL("WITH {studied}, z AS MATERIALIZED (SELECT '' AS name, {ground} AS g) {counted}")
#: A point that lies on an edge belongs to the cell east and north of it, so that each counts once.
_CELLS = sql.SQL(
    "WITH {studied}, ground AS MATERIALIZED (SELECT {ground} AS g), placed AS MATERIALIZED (SELECT "
    "floor(ST_X(p) / %(metres)s::float8)::int AS i, floor(ST_Y(p) / %(metres)s::float8)::int AS j, "
    "{sums}count(*) AS many FROM a, LATERAL (SELECT ST_PointOnSurface(a.g) AS p) s GROUP BY 1, 2) "
    "SELECT '', '', coalesce(placed.many, 0), {summed}{shape}, s.i, s.j FROM ground, "
    "LATERAL ST_SquareGrid(%(metres)s::float8, ground.g) AS s(g, i, j) "
    "LEFT JOIN placed ON placed.i = s.i AND placed.j = s.j "
    "WHERE ST_Intersects(s.g, ground.g) ORDER BY s.j, s.i"
)


def statement_of(
    asked: StudyAsked, studied: ReadLayer, other: ReadLayer | None, language: Language, box: Box
) -> sql.Composed:
    parts: dict[str, sql.Composable] = {
        "studied": studied_of(studied, asked, language),
        "rows": sql.Literal(MOST_ROWS + 1),
        "measures": _MEASURES,
        "shape": _SHAPE.format(shape=sql.SQL("a.g")),
    }
    sums = _SUMS if asked.measured else sql.SQL("")
    summed = _SUMMED if asked.measured else sql.SQL("")
    if asked.method in IN_CELLS:
        return _cells(asked, parts, sums=sums, summed=summed.format(part=sql.SQL("placed")))
    if asked.method == "buffer":
        return _BUFFER.format(**parts)
    zone = _SHAPE.format(shape=sql.SQL("z.g"))
    counted = _COUNTED.format(shape=zone, sums=sums, summed=summed.format(part=sql.SQL("c")))
    if asked.method == "total":
        return _TOTAL.format(ground=_ground(asked), counted=counted, **parts)
    if other is None:
        raise StudyRefused(reason="请选择另一图层", reason_en="choose another layer", field="other")
    if asked.method == "counts":
        everywhere = sql.SQL("(SELECT ST_SetSRID(ST_Extent(m)::geometry, 3857) FROM a)")
        zones = beside_of(other, language, _GIVEN if asked.area else everywhere)
        return _COUNTS.format(zones=zones, counted=counted, **parts)
    template, around = _BETWEEN[asked.method]
    stretch = sql.Literal(stretch_of(box))
    return template.format(
        beside=beside_of(other, language, around.format(stretch=stretch)),
        flat=_flat(other),
        relation=other.drawn.relation,
        condition=other.drawn.condition,
        drawn=other.drawn.drawn,
        **parts,
    )


#: Statements about two layers, and where in the other one each looks.
_BETWEEN: Mapping[Method, tuple[sql.SQL, sql.SQL]] = {
    "near": (_NEAR, sql.SQL("ST_Expand(a.m, %(metres)s::float8 * {stretch})")),
    "nearest": (_NEAREST, sql.SQL("ST_Expand(a.m, (guess.far + 0.01) * {stretch})")),
    "intersection": (_INTERSECTION, sql.SQL("a.m")),
    "difference": (_DIFFERENCE, sql.SQL("a.m")),
}


def _cells(
    asked: StudyAsked, parts: Mapping[str, sql.Composable], *, sums: sql.Composable, summed: sql.Composable
) -> sql.Composed:
    return _CELLS.format(
        studied=parts["studied"],
        ground=_ground(asked),
        shape=_SHAPE.format(shape=sql.SQL("s.g")),
        sums=sums,
        summed=summed,
    )


def _ground(asked: StudyAsked) -> sql.Composable:
    """What was drawn, or a box around all that is studied, in metres."""
    if asked.area:
        return sql.SQL("ST_Transform(ST_GeomFromText(%(area)s, 4490), %(epsg)s::int)")
    return sql.SQL("(SELECT ST_SetSRID(ST_Extent(g)::geometry, %(epsg)s::int) FROM a)")


def stretch_of(box: Box) -> float:
    """Units of EPSG:3857 in a metre, at most, within the box and a little beyond."""
    return 1.02 / math.cos(math.radians(min(max(abs(box[1]), abs(box[3])) + 0.1, 80)))


def studied_of(read: ReadLayer, asked: StudyAsked, language: Language) -> sql.Composed:
    drawn = read.drawn
    return _STUDIED.format(
        name=_name(read, language),
        value=sql.SQL("({})::numeric").format(drawn.typed[asked.measured])
        if asked.measured
        else sql.SQL("NULL::numeric"),
        drawn=drawn.drawn,
        flat=_flat(read),
        relation=drawn.relation,
        condition=drawn.condition,
        inside=inside_of(read, asked),
        most=sql.Literal(MOST_ENTRIES),
    )


def beside_of(read: ReadLayer, language: Language, box: sql.Composable) -> sql.Composed:
    drawn = read.drawn
    return _BESIDE.format(
        name=_name(read, language),
        flat=_flat(read),
        relation=drawn.relation,
        drawn=drawn.drawn,
        box=box,
        condition=drawn.condition,
    )


def inside_of(read: ReadLayer, asked: StudyAsked) -> sql.Composable:
    if not asked.area:
        return sql.SQL("")
    return sql.SQL(" AND {drawn} && {given} AND ST_Intersects({drawn}, {given})").format(
        drawn=read.drawn.drawn, given=_GIVEN
    )


def _flat(read: ReadLayer) -> sql.Composed:
    """Metres; borders that cross themselves are put right, or overlays would fail."""
    flat = sql.SQL("ST_Transform({}, %(epsg)s::int)").format(read.drawn.drawn)
    return sql.SQL("ST_MakeValid({})").format(flat) if read.drawn.shape.kind is FieldKind.AREA else flat


def _name(read: ReadLayer, language: Language) -> sql.Composed:
    """By what an entry is called: a label or first field that the reader sees in clear and nobody's own."""
    of_nobody = {name for name in read.drawn.clear if read.drawn.definition.get(name).secrecy in _OPEN}
    named = read.called_by(language, among=of_nobody)
    if not named:
        return sql.SQL("t._entry::text").format()
    return sql.SQL("coalesce(({})::text, t._entry::text)").format(read.drawn.columns[named])
