"""Catchments: the ground beside the ways that are walked from each place along a layer of lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from psycopg import sql

from yiwang.maps.analysis.contracts import StudyRefused, StudyRow
from yiwang.maps.analysis.rules.walking import Edge, reached
from yiwang.platform.sql import fetch_within

MOST_STARTS, MOST_EDGES = 50, 20_000
_MOST_MILLISECONDS = 10_000
#: Metres beside a way that count as reached from it, and from a place to the nearest way at most.
_BESIDE, _TO_A_WAY = 40.0, 300.0
#: Lines that cross are taken to meet: ways have no bridges here. Ends are compared in centimetres.
_NETWORK = sql.SQL(
    "WITH {studied}, starts AS MATERIALIZED (SELECT a.id, a.name, ST_PointOnSurface(a.g) AS g, a.m FROM a "
    "ORDER BY a.id LIMIT {starts}), pieces AS MATERIALIZED (SELECT row_number() OVER () AS number, "
    "d.geom AS g FROM (SELECT (ST_Dump(ST_Node(ST_CollectionExtract(ST_Collect(w.g), 2)))).geom "
    "FROM (SELECT DISTINCT ON (o.id) o.id, ST_SnapToGrid(o.g, 0.01) AS g FROM starts a, LATERAL {beside} "
    "o) w) d LIMIT {edges}) "
    "SELECT 0, p.number, ST_X(ST_StartPoint(p.g)), ST_Y(ST_StartPoint(p.g)), ST_X(ST_EndPoint(p.g)), "
    "ST_Y(ST_EndPoint(p.g)), ST_Length(p.g), p.g::text, '' FROM pieces p UNION ALL "
    "SELECT 1, n.number, n.share, 0, 0, 0, 0, '', s.name FROM starts s LEFT JOIN LATERAL (SELECT p.number, "
    "ST_LineLocatePoint(p.g, s.g) AS share FROM pieces p WHERE ST_DWithin(p.g, s.g, {reach}) "
    "ORDER BY ST_Distance(p.g, s.g), p.number LIMIT 1) n ON true ORDER BY 1, 2"
)
_GROUND = (
    "WITH ground AS (SELECT n, ST_Union(ST_Buffer(ST_LineSubstring(g::geometry, f, t), %(beside)s::float8)) "
    "AS g FROM unnest(%(starts)s::int[], %(lines)s::text[], %(from)s::float8[], %(to)s::float8[]) "
    "AS given(n, g, f, t) WHERE f < t GROUP BY n) "
    "SELECT n, ST_Area(g), ST_AsGeoJSON(ST_Transform(g, 4490), 6) FROM ground ORDER BY n"
)


def catchments(
    studied: sql.Composed, beside: sql.Composed, params: Mapping[str, object], metres: float
) -> list[StudyRow]:
    """The ground that is reached within so many metres of way, for each place that has a way near it.

    Raises:
        StudyRefused: more than fifty places, or too many ways.
        TimeLimitReached
    """
    statement = _NETWORK.format(
        studied=studied,
        beside=beside,
        starts=sql.Literal(MOST_STARTS + 1),
        edges=sql.Literal(MOST_EDGES + 1),
        reach=sql.Literal(_TO_A_WAY),
    )
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), params)])
    pieces = [row for row in rows if row[0] == 0]
    places = [row for row in rows if row[0] == 1]
    if len(places) > MOST_STARTS or len(pieces) > MOST_EDGES:
        raise StudyRefused(
            reason=f"起点超过{MOST_STARTS}个，或道路太多，请画出较小的范围",
            reason_en=f"more than {MOST_STARTS} places, or too many ways; draw a smaller area",
            field="area",
        )
    return _grown(pieces, [row for row in places if row[1] is not None], metres)


def _grown(
    pieces: Sequence[Sequence[object]], places: Sequence[Sequence[object]], metres: float
) -> list[StudyRow]:
    edges = [_edge(row) for row in pieces]
    index = {int(str(row[1])): number for number, row in enumerate(pieces)}
    starts: list[int] = []
    lines: list[str] = []
    shares: list[tuple[float, float]] = []
    for number, place in enumerate(places):
        for part in reached(edges, index[int(str(place[1]))], float(str(place[2])), metres):
            starts.append(number)
            lines.append(str(pieces[part.edge][7]))
            shares.append((part.begin, part.end))
    params = {
        "starts": starts,
        "lines": lines,
        "from": [float(begin) for begin, _ in shares],
        "to": [float(end) for _, end in shares],
        "beside": _BESIDE,
    }
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(_GROUND, params)])
    return [
        StudyRow(
            name=str(places[int(str(number))][8]),
            other="",
            figures={"square_metres": round(float(str(area)), 1)},
            shape=json.dumps(json.loads(str(shape)), separators=(",", ":")),
        )
        for number, area, shape in rows
    ]


def _edge(row: Sequence[object]) -> Edge:
    west, south, east, north, metres = (float(str(each)) for each in row[2:7])
    return Edge((round(west, 2), round(south, 2)), (round(east, 2), round(north, 2)), metres)
