"""Profiles of pipes: those that a drawn line crosses, or the run from one place to another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from yiwang.kernel.text import Language, Text
from yiwang.maps.analysis.contracts import (
    PipePiece,
    Place,
    Profile,
    Study,
    StudyAsked,
    StudyRefused,
    StudyRow,
)
from yiwang.maps.analysis.definitions import PipeFields
from yiwang.maps.analysis.queries.declared import fields_of_pipes
from yiwang.maps.analysis.rules.following import follow
from yiwang.maps.analysis.rules.stations import even, height_at, stations
from yiwang.maps.analysis.rules.walking import Edge
from yiwang.maps.definitions import Categories
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.rasters.api import ground_heights
from yiwang.maps.rasters.contracts import RasterBusy
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within

#: Metres of a drawn line, and between the ends of a run.
LONGEST = 5_000.0
#: Pipes in a profile, and pieces of pipe that are looked through for a run.
MOST_PIPES, _MOST_PIECES = 300, 20_000
#: Metres from a drawn end to the pipe that is meant, and beyond the ends where a run may bend out.
_TO_A_PIPE, _BEYOND = 30.0, 1_000.0
_MOST_MILLISECONDS = 10_000
_MOST_STATIONS = 120
_PLAIN = "#505a5f"
#: A course may have several parts: ``before`` and ``whole`` are metres of them.
_PARTS = sql.SQL(
    "given AS MATERIALIZED (SELECT ST_Transform(ST_GeomFromText(%(line)s, 4490), %(epsg)s::int) AS g), "
    "ground AS MATERIALIZED (SELECT g, ST_Expand(ST_Transform(ST_Expand(g, %(beside)s::float8), 3857), 5) "
    "AS box FROM given), parts AS MATERIALIZED (SELECT t._entry AS id, {code} AS code, {kind} AS kind, "
    "{diameter} AS diameter, {first} AS first, {last} AS last, d.g, d.before, d.whole FROM {relation}, "
    "ground, LATERAL (SELECT s.geom AS g, sum(ST_Length(s.geom)) OVER () AS whole, "
    "sum(ST_Length(s.geom)) OVER (ORDER BY s.path) - ST_Length(s.geom) AS before "
    "FROM ST_Dump(ST_Transform({drawn}, %(epsg)s::int)) s) d "
    "WHERE {drawn} && ground.box AND {condition} AND ST_Length(d.g) > 0 AND {touches} LIMIT {most})"
)
_LENGTH = (
    "SELECT ST_Length(g), ST_Distance(ST_StartPoint(g), ST_EndPoint(g)) FROM (SELECT ST_Transform("
    "ST_GeomFromText(%(line)s, 4490), %(epsg)s::int) AS g) l"
)
_CROSSED = sql.SQL(
    "WITH {parts} SELECT p.code, p.kind, p.diameter, p.first, p.last, (p.before + "
    "ST_LineLocatePoint(p.g, c.p) * ST_Length(p.g)) / p.whole, ST_LineLocatePoint(given.g, c.p) * "
    "ST_Length(given.g) AS far, ST_AsGeoJSON(ST_Transform(c.p, 4490), 7) FROM parts p, given, LATERAL ("
    "SELECT CASE ST_Dimension(i.geom) WHEN 0 THEN i.geom ELSE ST_StartPoint(i.geom) END AS p "
    "FROM ST_Dump(ST_Intersection(p.g, given.g)) i) c ORDER BY far, p.id LIMIT {rows}"
)
_NETWORK = sql.SQL(
    "WITH {parts} SELECT p.code, p.kind, p.diameter, p.first, p.last, p.before / p.whole, "
    "ST_Length(p.g) / p.whole, ST_Length(p.g), ST_X(ST_StartPoint(p.g)), ST_Y(ST_StartPoint(p.g)), "
    "ST_X(ST_EndPoint(p.g)), ST_Y(ST_EndPoint(p.g)), ST_Distance(p.g, ST_StartPoint(given.g)), "
    "ST_LineLocatePoint(p.g, ST_StartPoint(given.g)), ST_Distance(p.g, ST_EndPoint(given.g)), "
    "ST_LineLocatePoint(p.g, ST_EndPoint(given.g)), p.g::text FROM parts p, given ORDER BY p.id, p.before"
)
_STRETCHES = (
    "SELECT ST_AsGeoJSON(ST_Transform(CASE WHEN f > t THEN ST_Reverse(s.g) ELSE s.g END, 4490), 7) FROM "
    "unnest(%(lines)s::text[], %(from)s::float8[], %(to)s::float8[]) WITH ORDINALITY AS given(g, f, t, n), "
    "LATERAL (SELECT ST_LineSubstring(given.g::geometry, least(f, t), greatest(f, t)) AS g) s ORDER BY n"
)
#: Columns of ``_NETWORK``: metres to the ends of the drawn line; the share of the piece there follows.
_TO_FIRST, _TO_LAST = 12, 14
Row = Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """A piece as it is drawn: its pipe, its shape as GeoJSON, metres along the profile."""

    piece: PipePiece
    length: float
    shape: str


def make_profile(actor: Actor | None, asked: StudyAsked, read: ReadLayer, language: Language) -> Study:
    """Make a profile as a reader may see it.

    Raises:
        StudyRefused: no layer of pipes, its depths aren't for this reader, too long, or not connected.
        TimeLimitReached: it took longer than ten seconds.
    """
    fields = fields_of_pipes(read.drawn)
    if fields is None:
        raise StudyRefused(
            reason="剖面只用于地下管线图层", reason_en="a profile is of underground pipes: choose their layer"
        )
    if fields.depth_from is None or fields.depth_from not in read.drawn.clear:
        raise StudyRefused(
            reason="该图层没有您能查看的埋深", reason_en="the layer has no depths that you may see"
        )
    params: dict[str, object] = {"line": asked.line, "epsg": zone_of(_places(asked.line)[0][0])[1]}
    ((long, apart),) = fetch_within(_MOST_MILLISECONDS, [(_LENGTH, params)])[0]
    length = float(str(long if asked.method == "section" else apart))
    if not 0 < length <= LONGEST:
        raise StudyRefused(
            reason=f"线长应在{LONGEST / 1000:g}公里以内",
            reason_en=f"the line is nothing, or longer than {LONGEST / 1000:g} km",
            field="line",
        )
    make = _crossed if asked.method == "section" else _followed
    laid, course, length = make(asked, read, fields, params, length)
    is_cut = len(laid) > MOST_PIPES
    pieces = tuple(each.piece for each in laid[:MOST_PIPES])
    ground, source = _ground(actor, course, length, pieces)
    figures = ("distance", *(("length",) if asked.method == "along" else ()), "depth")
    figures += ("depth_end",) if asked.method == "along" else ()
    figures += ("elevation",) if ground else ()
    figures += ("diameter",)
    title = Text(
        f"{read.layer.title.zh}{'横剖面' if asked.method == 'section' else '纵剖面'}",
        f"{'Section across' if asked.method == 'section' else 'Profile along'}: {read.layer.title.en}",
    )
    return Study(
        asked=asked,
        title=title,
        figures=figures,
        rows=tuple(_row(each, ground, figures, language) for each in laid[:MOST_PIPES]),
        is_cut=is_cut,
        profile=Profile(length=round(length, 1), pieces=pieces, ground=ground, source=source),
    )


def _crossed(
    asked: StudyAsked, read: ReadLayer, fields: PipeFields, params: dict[str, object], length: float
) -> tuple[list[_Laid], list[Place], float]:
    touches = sql.SQL("ST_Intersects(d.g, ground.g)")
    parts = _parts(read, fields, touches=touches, most=_MOST_PIECES)
    statement = _CROSSED.format(parts=parts, rows=sql.Literal(MOST_PIPES + 1))
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), params | {"beside": 0})])
    laid = []
    for row in rows:
        far, top = float(str(row[6])), _depth(row, float(str(row[5])), fields)
        laid.append(_laid(read, fields, row, reach=(far, far), tops=(top, top), shape=str(row[7])))
    return laid, _places(asked.line), length


def _followed(
    asked: StudyAsked, read: ReadLayer, fields: PipeFields, params: dict[str, object], length: float
) -> tuple[list[_Laid], list[Place], float]:
    parts = _parts(read, fields, touches=sql.SQL("TRUE"), most=_MOST_PIECES + 1)
    statement = _NETWORK.format(parts=parts)
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), params | {"beside": _BEYOND})])
    if len(rows) > _MOST_PIECES:
        raise StudyRefused(
            reason="附近管线太多，请画得近些",
            reason_en="there are too many pipes there; draw the ends nearer to each other",
            field="line",
        )
    meant = _nearest(rows, _TO_FIRST)
    # A run doesn't change from one kind of pipe to another.
    rows = [row for row in rows if meant is not None and row[1] == rows[meant][1]]
    first, last = _nearest(rows, _TO_FIRST), _nearest(rows, _TO_LAST)
    if first is None or last is None:
        raise StudyRefused(
            reason=f"线的起点或终点{_TO_A_PIPE:g}米内没有同类管线",
            reason_en=f"no pipe of one kind lies within {_TO_A_PIPE:g} m of both ends of the line",
            field="line",
        )
    edges = [_edge(row) for row in rows]
    begin = first, float(str(rows[first][_TO_FIRST + 1]))
    end = last, float(str(rows[last][_TO_LAST + 1]))
    run = follow(edges, begin, end)
    if run is None:
        raise StudyRefused(
            reason="起点和终点的管线没有连通",
            reason_en="the pipes at the two ends aren't connected",
            field="line",
        )
    lines = {
        "lines": [str(rows[each.edge][16]) for each in run],
        "from": [each.begin for each in run],
        "to": [each.end for each in run],
    }
    (shapes,) = fetch_within(_MOST_MILLISECONDS, [(_STRETCHES, lines)])
    laid, course, far = [], list[Place](), 0.0
    for each, (shape,) in zip(run, shapes, strict=True):
        row, metres = rows[each.edge], abs(each.end - each.begin) * edges[each.edge].metres
        first_share, last_share = (
            float(str(row[5])) + at * float(str(row[6])) for at in (each.begin, each.end)
        )
        tops = _depth(row, first_share, fields), _depth(row, last_share, fields)
        laid.append(_laid(read, fields, row, reach=(far, far + metres), tops=tops, shape=str(shape)))
        course += [(float(place[0]), float(place[1])) for place in json.loads(str(shape))["coordinates"]]
        far += metres
    if far <= 0:
        raise StudyRefused(reason="起点和终点是同一处", reason_en="both ends are one place", field="line")
    return laid, course, far


def _nearest(rows: Sequence[Row], column: int) -> int | None:
    near = [place for place, row in enumerate(rows) if float(str(row[column])) <= _TO_A_PIPE]
    return min(near, key=lambda place: float(str(rows[place][column])), default=None)


def _edge(row: Row) -> Edge:
    metres, west, south, east, north = (float(str(each)) for each in row[7:12])
    return Edge((round(west, 2), round(south, 2)), (round(east, 2), round(north, 2)), metres)


def _parts(read: ReadLayer, fields: PipeFields, *, touches: sql.Composable, most: int) -> sql.Composed:
    def column(name: str | None, kind: str) -> sql.Composed:
        if name is None or name not in read.drawn.clear or name not in read.drawn.typed:
            return sql.SQL("NULL::{}").format(sql.SQL(kind))
        return sql.SQL("({})::{}").format(read.drawn.typed[name], sql.SQL(kind))

    return _PARTS.format(
        code=column(fields.code, "text"),
        kind=column(fields.kind, "text"),
        diameter=column(fields.diameter, "float8"),
        first=column(fields.depth_from, "float8"),
        last=column(fields.depth_to, "float8"),
        relation=read.drawn.relation,
        drawn=read.drawn.drawn,
        condition=read.drawn.condition,
        touches=touches,
        most=sql.Literal(most),
    )


def _depth(row: Row, share: float, fields: PipeFields) -> float | None:
    """How deep the top lies at a share of the pipe; a register of one depth means it for the whole."""
    if row[3] is None:
        return None
    first = float(str(row[3]))
    if fields.depth_to is None:
        return first
    return first + (float(str(row[4])) - first) * share if row[4] is not None else None


def _laid(
    read: ReadLayer,
    fields: PipeFields,
    row: Row,
    *,
    reach: tuple[float, float],
    tops: tuple[float | None, float | None],
    shape: str,
) -> _Laid:
    begin, end = reach
    top_begin, top_end = tops
    kind = str(row[1]) if row[1] is not None else ""
    piece = PipePiece(
        name=str(row[0]) if row[0] is not None else "",
        kind=_words(read, fields.kind, kind),
        colour=_colours(read, fields.kind).get(kind, _PLAIN),
        diameter=round(float(str(row[2]))) if row[2] is not None else None,
        begin=round(begin, 2),
        end=round(end, 2),
        top_begin=round(top_begin, 2) if top_begin is not None else None,
        top_end=round(top_end, 2) if top_end is not None else None,
    )
    return _Laid(piece=piece, length=end - begin, shape=shape)


def _words(read: ReadLayer, field: str, code: str) -> Text:
    codes = read.drawn.definition.get(field).codes
    return next((each.title for each in codes if each.code == code), Text(code, code))


def _colours(read: ReadLayer, field: str) -> Mapping[str, str]:
    """The layer's own, where it draws kinds by their colour."""
    style = read.layer.style
    if not isinstance(style, Categories) or style.field != field:
        return {}
    return {str(each.value): each.colour for each in style.values}


def _ground(
    actor: Actor | None, course: Sequence[Place], length: float, pieces: Sequence[PipePiece]
) -> tuple[tuple[tuple[float, float], ...], Text | None]:
    """The ground line, where its height is known all along; how busy others are makes no fault here."""
    ends = {min(at, length) for piece in pieces for at in (piece.begin, piece.end)}
    at = sorted({*even(length, _MOST_STATIONS), *ends})
    try:
        found = ground_heights(actor, stations(course, length, at))
    except RasterBusy:
        found = None
    if found is None:
        return (), None
    return tuple((round(metres, 2), height) for metres, height in zip(at, found.heights, strict=True)), (
        found.source
    )


def _row(
    laid: _Laid, ground: Sequence[tuple[float, float]], figures: Sequence[str], language: Language
) -> StudyRow:
    piece = laid.piece
    known: dict[str, float | None] = {
        "distance": round(piece.begin, 1),
        "length": round(laid.length, 1),
        "depth": piece.top_begin,
        "depth_end": piece.top_end,
        "diameter": piece.diameter,
    }
    if ground:
        street = height_at(ground, piece.begin)
        known["elevation"] = round(street - piece.top_begin, 2) if piece.top_begin is not None else None
    return StudyRow(
        name=piece.name,
        other=piece.kind.in_(language),
        figures={key: value for key in figures if (value := known[key]) is not None},
        shape=laid.shape,
    )


def _places(line: str) -> list[Place]:
    pairs = line.removeprefix("LINESTRING(").removesuffix(")").split(", ")
    return [(float(east), float(north)) for east, north in (pair.split() for pair in pairs)]
