"""Studies over layers, each one statement under the reader's own rows and fields and within limits.

Lengths and areas are metres on the plane of the CGCS2000 zone (three degrees) nearest to what is studied.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import Method, Study, StudyAsked, StudyRefused, StudyRow
from yiwang.maps.analysis.queries.profiling import make_profile
from yiwang.maps.analysis.queries.walking import catchments
from yiwang.maps.analysis.rules.hot_spots import gi_star
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.maps.queries.describing import seen_of
from yiwang.maps.queries.features import Box, extent_of
from yiwang.maps.queries.layers import ReadLayer, read_layers
from yiwang.maps.rules.styling import label_of
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within
from yiwang.registers.definitions import NUMERIC, FieldKind

#: Entries that a study begins with, rows that it gives, cells that it draws.
MOST_ENTRIES, MOST_ROWS, MOST_CELLS = 20_000, 1_000, 2_500
_MOST_MILLISECONDS = 10_000
_OPEN = frozenset({Secrecy.PUBLIC, Secrecy.INTERNAL})
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
SUMS = ("sum", "mean", "least", "greatest")
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
_SUMMED = sql.SQL("{part}.total, {part}.mean, {part}.least, {part}.greatest, ")
_SUMS = sql.SQL("sum(v) AS total, avg(v) AS mean, min(v) AS least, max(v) AS greatest, ")
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
Row = Sequence[object]


def make_study(actor: Actor | None, asked: StudyAsked, language: Language) -> Study:
    """Make a study as a reader may see it.

    Raises:
        LayerNotFound: a layer is not there, or not for this reader.
        StudyRefused: too much, or shapes that the method does not fit.
        TimeLimitReached: it took longer than ten seconds.
    """
    codes = list(dict.fromkeys(each for each in (asked.layer, asked.other) if each))
    read = {each.layer.code: each for each in read_layers(actor, codes)}
    studied, other = read[asked.layer], read.get(asked.other)
    if asked.line:
        return make_profile(actor, asked, studied, language)
    _fits(asked, studied, other)
    title = Text(
        f"{studied.layer.title.zh}" + (f"与{other.layer.title.zh}" if other else ""),
        f"{studied.layer.title.en}" + (f" and {other.layer.title.en}" if other else ""),
    )
    box = extent_of(studied)
    figures = FIGURES[asked.method] + (SUMS if asked.measured else ())
    measured = studied.drawn.definition.get(asked.measured).title if asked.measured else None
    if box is None:
        return Study(asked=asked, title=title, figures=figures, rows=(), measured=measured)
    params = _params(asked, box)
    _refuse_too_much(studied, asked, params, box)
    found = _found(asked, studied, other, params, language=language, box=box)
    return Study(
        asked=asked,
        title=title,
        figures=figures,
        measured=measured,
        rows=tuple(found if asked.method in _IN_CELLS else found[:MOST_ROWS]),
        is_cut=len(found) > MOST_ROWS and asked.method not in _IN_CELLS,
    )


def _found(
    asked: StudyAsked,
    studied: ReadLayer,
    other: ReadLayer | None,
    params: Mapping[str, object],
    *,
    language: Language,
    box: Box,
) -> list[StudyRow]:
    if asked.method == "walk" and other is not None:
        far = sql.Literal((asked.metres or 0) * 1.1 + 400)
        around = sql.SQL("ST_Expand(a.m, {} * {})").format(far, sql.Literal(_stretch(box)))
        beside = _beside(other, language, around)
        return catchments(_studied(studied, asked, language), beside, params, asked.metres or 0)
    statement = _statement(asked, studied, other, language, box)
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), params)])
    if asked.method == "hot_spots":
        return _scored(rows)
    figures = FIGURES[asked.method] + (SUMS if asked.measured else ())
    return [_row(row, figures) for row in rows]


_IN_CELLS = frozenset({"cells", "hot_spots"})


def measurable(read: ReadLayer) -> tuple[str, ...]:
    """Number fields that a layer shows this reader as they are."""
    return tuple(
        field.name
        for field in read.drawn.definition.fields
        if field.kind in NUMERIC and field.name in read.drawn.clear and field.name in seen_of(read)
    )


def _fits(asked: StudyAsked, studied: ReadLayer, other: ReadLayer | None) -> None:
    method = asked.method
    if asked.measured and asked.measured not in measurable(studied):
        raise StudyRefused(
            reason="该图层没有您能查看的这个数值字段",
            reason_en="the layer has no such number that you may see",
            field="measured",
        )
    if method == "counts" and other is not None and other.drawn.shape.kind is not FieldKind.AREA:
        raise StudyRefused(
            reason="分区统计的分区须是面图层",
            reason_en="zones are areas: choose a layer of areas",
            field="other",
        )
    if method == "walk" and other is not None and other.drawn.shape.kind is not FieldKind.PATH:
        raise StudyRefused(
            reason="步行沿线图层，请选道路", reason_en="one walks along lines: choose roads", field="other"
        )
    if method == "difference" and studied.drawn.shape.kind is FieldKind.POINT:
        raise StudyRefused(
            reason="点没有可以减去的部分，请选线或面图层",
            reason_en="nothing can be taken from a point: choose a layer of lines or areas",
        )


def _params(asked: StudyAsked, box: Box) -> dict[str, object]:
    return {
        "epsg": zone_of((box[0] + box[2]) / 2)[1],
        "metres": asked.metres,
        "area": asked.area or None,
    }


def _refuse_too_much(studied: ReadLayer, asked: StudyAsked, params: Mapping[str, object], box: Box) -> None:
    """Before the statement itself: how many entries, whether the drawn area is one, how many cells.

    Raises:
        StudyRefused
    """
    drawn = studied.drawn
    counted = sql.SQL(
        "SELECT count(*) FROM (SELECT 1 FROM {relation} WHERE {condition}{inside} LIMIT {most}) f"
    ).format(
        relation=drawn.relation,
        condition=drawn.condition,
        inside=_inside(studied, asked),
        most=sql.Literal(MOST_ENTRIES + 1),
    )
    judged = "SELECT coalesce(ST_IsValid(ST_GeomFromText(%(area)s, 4490)), true)"
    ((valid,),) = fetch_within(_MOST_MILLISECONDS, [(judged, params)])[0]
    if not valid:
        raise StudyRefused(
            reason="画出的范围自相交", reason_en="the border of the drawn area crosses itself", field="area"
        )
    ((many,),) = fetch_within(_MOST_MILLISECONDS, [(counted.as_string(), params)])[0]
    if int(str(many)) > MOST_ENTRIES:
        raise StudyRefused(
            reason=f"图层的登记项超过{MOST_ENTRIES:,}个，请画出较小的范围",
            reason_en=f"the layer has more than {MOST_ENTRIES:,} entries there; draw a smaller area",
            field="area",
        )
    if asked.method in _IN_CELLS and asked.metres and _cells_in(asked, box) > MOST_CELLS:
        raise StudyRefused(
            reason=f"格网超过{MOST_CELLS:,}格，请加大边长或缩小范围",
            reason_en=f"more than {MOST_CELLS:,} cells; make them larger or draw a smaller area",
            field="metres",
        )


def _cells_in(asked: StudyAsked, box: Box) -> float:
    """At most so many squares cover the box, or the box of what was drawn."""
    west, south, east, north = _box_of(asked.area) if asked.area else box
    across = (east - west) * 111_320 * math.cos(math.radians(min(abs(south), abs(north))))
    side = asked.metres or 1
    return (across / side + 1) * ((north - south) * 111_320 / side + 1)


def _box_of(area: str) -> Box:
    places = [pair.split() for pair in area.removeprefix("POLYGON((").removesuffix("))").split(", ")]
    easts, norths = [float(east) for east, _ in places], [float(north) for _, north in places]
    return min(easts), min(norths), max(easts), max(norths)


def _statement(
    asked: StudyAsked, studied: ReadLayer, other: ReadLayer | None, language: Language, box: Box
) -> sql.Composed:
    parts: dict[str, sql.Composable] = {
        "studied": _studied(studied, asked, language),
        "rows": sql.Literal(MOST_ROWS + 1),
        "measures": _MEASURES,
        "shape": _SHAPE.format(shape=sql.SQL("a.g")),
    }
    sums = _SUMS if asked.measured else sql.SQL("")
    summed = _SUMMED if asked.measured else sql.SQL("")
    if asked.method in _IN_CELLS:
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
        zones = _beside(other, language, _GIVEN if asked.area else everywhere)
        return _COUNTS.format(zones=zones, counted=counted, **parts)
    template, around = _BETWEEN[asked.method]
    stretch = sql.Literal(_stretch(box))
    return template.format(
        beside=_beside(other, language, around.format(stretch=stretch)),
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


def _stretch(box: Box) -> float:
    """Units of EPSG:3857 in a metre, at most, within the box and a little beyond."""
    return 1.02 / math.cos(math.radians(min(max(abs(box[1]), abs(box[3])) + 0.1, 80)))


def _studied(read: ReadLayer, asked: StudyAsked, language: Language) -> sql.Composed:
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
        inside=_inside(read, asked),
        most=sql.Literal(MOST_ENTRIES),
    )


def _beside(read: ReadLayer, language: Language, box: sql.Composable) -> sql.Composed:
    drawn = read.drawn
    return _BESIDE.format(
        name=_name(read, language),
        flat=_flat(read),
        relation=drawn.relation,
        drawn=drawn.drawn,
        box=box,
        condition=drawn.condition,
    )


def _inside(read: ReadLayer, asked: StudyAsked) -> sql.Composable:
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
    seen = {
        name
        for name in seen_of(read)
        if name in read.drawn.clear and read.drawn.definition.get(name).secrecy in _OPEN
    }
    named = label_of(read.layer.labels, seen, language) if read.layer.labels else ""
    named = named or next((field.name for field in read.layer.fields if field.name in seen), "")
    if not named:
        return sql.SQL("t._entry::text").format()
    return sql.SQL("coalesce(({})::text, t._entry::text)").format(read.drawn.columns[named])


def _row(row: Row, figures: Sequence[str]) -> StudyRow:
    name, other, *rest = row
    values = rest[: len(figures)]
    return StudyRow(
        name=str(name),
        other=str(other),
        figures={
            key: round(float(str(value)), 2 if key in SUMS else 1)
            for key, value in zip(figures, values, strict=True)
            if value is not None
        },
        shape=str(rest[len(figures)]),
    )


def _scored(rows: Sequence[Row]) -> list[StudyRow]:
    """Cells with their score, the hottest first."""
    counts = {(int(str(row[4])), int(str(row[5]))): float(str(row[2])) for row in rows}
    scores = gi_star(counts)
    shapes = {(int(str(row[4])), int(str(row[5]))): str(row[3]) for row in rows}
    order = sorted(counts, key=lambda cell: (-scores[cell], cell))
    return [
        StudyRow(
            name=f"{place}",
            other="",
            figures={"count": counts[cell], "z_score": round(scores[cell], 3)},
            shape=shapes[cell],
        )
        for place, cell in enumerate(order, start=1)
    ]
