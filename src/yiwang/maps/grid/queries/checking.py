"""Whether cells fit: codes, numbers, overlaps, gaps, what lies outside, and components in another cell.

All of it under the reader's own rights, for cells whose code begins as asked, on one day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from psycopg import sql

from yiwang.maps.grid.contracts import Fault, Finding, GridReport
from yiwang.maps.grid.queries.grids import ReadGrid
from yiwang.maps.grid.rules.codes import is_formed, missing_numbers, parent_of
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import Mapped

MOST, _MOST_MILLISECONDS = 200, 20_000
#: An area in degrees as a finding: what is narrower than the tolerance is noise of measuring.
_PIECES = sql.SQL(
    "SELECT code, other, metres, ST_X(m), ST_Y(m), ST_AsGeoJSON(piece, 6) FROM ("
    "SELECT code, other, piece, ST_Area(piece::geography) AS metres, ST_PointOnSurface(piece) AS m, "
    "ST_Perimeter(piece::geography) AS around FROM ("
    "SELECT code, other, (ST_Dump(ST_Transform(ST_CollectionExtract(shape, 3), 4490))).geom AS piece "
    "FROM ({found}) f) p) w WHERE 2 * metres / around > %(tolerance)s ORDER BY metres DESC LIMIT {most}"
)
_SELECTED = sql.SQL(
    "SELECT {code} AS code, {drawn} AS g FROM {relation} WHERE {condition} AND {code} LIKE %(within)s"
)
#: ``o`` are shapes beside ``s``, found by their index.
_BESIDE = sql.SQL(
    "LATERAL (SELECT {code} AS code, {drawn} AS g FROM {relation} WHERE {condition} AND {drawn} && s.g) o"
)
_OVERLAP = sql.SQL(
    "SELECT s.code, o.code AS other, ST_Intersection(s.g, o.g) AS shape FROM ({cells}) s, {beside} "
    "WHERE o.code <> s.code AND (s.code < o.code OR o.code NOT LIKE %(within)s) "
    "AND ST_Relate(s.g, o.g, '2********')"
)
_GAP = sql.SQL(
    "SELECT s.code, '' AS other, ST_Difference(s.g, COALESCE((SELECT ST_Union(o.g) FROM {beside}), "
    "ST_GeomFromText('POLYGON EMPTY', 3857))) AS shape FROM ({parents}) s"
)
_OUTSIDE = sql.SQL(
    "SELECT s.code, p.code AS other, ST_Difference(s.g, p.g) AS shape FROM ({cells}) s "
    "JOIN ({parents}) p ON p.code = left(s.code, %(parent)s) "
    "WHERE length(s.code) = %(whole)s AND NOT ST_CoveredBy(s.g, p.g)"
)
_ELSEWHERE = sql.SQL(
    "SELECT c.code, COALESCE((SELECT min(o.code) FROM {beside} WHERE ST_Intersects(o.g, s.g)), ''), 0, "
    "ST_X(m), ST_Y(m), ST_AsGeoJSON(m, 6) FROM (SELECT {code} AS code, {cell} AS cell, {drawn} AS g "
    "FROM {relation} WHERE {condition} AND {code} LIKE %(within)s) c, LATERAL (SELECT c.g) s, "
    "LATERAL (SELECT ST_Transform(ST_PointOnSurface(c.g), 4490) AS m) middle WHERE NOT EXISTS "
    "(SELECT 1 FROM {beside} WHERE o.code = c.cell AND ST_Intersects(o.g, s.g)) ORDER BY c.code LIMIT {most}"
)
_CODES = sql.SQL(
    "SELECT s.code, ST_X(m), ST_Y(m) FROM ({selected}) s, "
    "LATERAL (SELECT ST_Transform(ST_PointOnSurface(s.g), 4490) AS m) middle"
)
Row = Sequence[object]


def check_grid(read: ReadGrid, *, within: str, valid: date, known: datetime) -> GridReport:
    """Check the cells, parents and components whose code begins with ``within``.

    Raises:
        TimeLimitReached: there is too much for one check; ask for less.
    """
    grid = read.grid
    names = {"cells": (read.cells, grid.cells.code), "parents": (read.parents, grid.parents.code)}
    codes = {name: _selected(*of) for name, of in names.items()}
    beside = _beside(*names["cells"])
    pieces = {
        Fault.OVERLAP: _OVERLAP.format(beside=beside, **codes),
        Fault.GAP: _GAP.format(beside=beside, **codes),
        Fault.OUTSIDE: _OUTSIDE.format(**codes),
    }
    asked = [_CODES.format(selected=each) for each in codes.values()]
    asked += [_PIECES.format(found=each, most=sql.Literal(MOST + 1)) for each in pieces.values()]
    if read.components is not None and grid.components is not None:
        asked.append(_CODES.format(selected=_selected(read.components, grid.components.code)))
        asked.append(_elsewhere(read.components, grid.components.code, grid.components.cell, beside))
    where = {
        "within": f"{within}%",
        "valid": valid,
        "known": known,
        "tolerance": grid.tolerance,
        "parent": sum(grid.cell_code[:-1]),
        "whole": sum(grid.cell_code),
    }
    answers = fetch_within(_MOST_MILLISECONDS, [(each.as_string(), where) for each in asked])
    cells, parents, overlaps, gaps, outside, *of_components = answers
    findings = _of_codes(read, cells, parents, within)
    for fault, rows in zip(pieces, (overlaps, gaps, outside), strict=True):
        findings += [_finding(fault, row) for row in rows]
    components, elsewhere = of_components or ([], [])
    malformed = (row for row in components if not is_formed(str(row[0]), grid.component_code))
    findings += [_placed(Fault.COMPONENT_MALFORMED, row, "") for row in malformed]
    findings += [_finding(Fault.COMPONENT_ELSEWHERE, row) for row in elsewhere]
    return GridReport(
        cells=len(cells),
        parents=len(parents),
        components=len(components),
        findings=tuple(_few(findings)),
        is_whole=len(_few(findings)) == len(findings),
    )


def _of_codes(read: ReadGrid, cells: Sequence[Row], parents: Sequence[Row], within: str) -> list[Finding]:
    parts = read.grid.cell_code
    there = {str(row[0]) for row in parents}
    formed, findings = [], []
    for row in cells:
        code = str(row[0])
        if not is_formed(code, parts):
            findings.append(_placed(Fault.MALFORMED, row, ""))
            continue
        formed.append(code)
        if parent_of(code, parts) not in there and len(within) <= sum(parts[:-1]):
            findings.append(_placed(Fault.NO_PARENT, row, parent_of(code, parts)))
    if len(within) <= sum(parts[:-1]):
        findings += [_placed(Fault.NUMBER_MISSING, (code,), "") for code in missing_numbers(formed, parts)]
    return findings


def _few(findings: Sequence[Finding]) -> list[Finding]:
    counted: dict[Fault, int] = {}
    kept = []
    for finding in findings:
        counted[finding.fault] = counted.get(finding.fault, 0) + 1
        if counted[finding.fault] <= MOST:
            kept.append(finding)
    return kept


def _selected(drawn: Mapped, code: str) -> sql.Composed:
    return _SELECTED.format(**_parts(drawn, code))


def _beside(drawn: Mapped, code: str) -> sql.Composed:
    return _BESIDE.format(**_parts(drawn, code))


def _elsewhere(drawn: Mapped, code: str, cell: str, beside: sql.Composed) -> sql.Composed:
    parts = _parts(drawn, code)
    return _ELSEWHERE.format(
        beside=beside, cell=_text(drawn.columns[cell]), most=sql.Literal(MOST + 1), **parts
    )


def _parts(drawn: Mapped, code: str) -> Mapping[str, sql.Composable]:
    return {
        "code": _text(drawn.columns[code]),
        "drawn": drawn.drawn,
        "relation": drawn.relation,
        "condition": drawn.condition,
    }


def _text(column: sql.Composable) -> sql.Composed:
    return sql.SQL("({})::text").format(column)


def _finding(fault: Fault, row: Row) -> Finding:
    code, other, metres, east, north, shape = row
    return Finding(
        fault=fault,
        code=str(code),
        other=str(other),
        square_metres=float(str(metres)),
        longitude=float(str(east)),
        latitude=float(str(north)),
        shape=str(shape),
    )


def _placed(fault: Fault, row: Row, other: str) -> Finding:
    """A finding about a code: at the middle of what bears it, or nowhere."""
    place = [float(str(each)) for each in row[1:3]]
    return Finding(
        fault=fault,
        code=str(row[0]),
        other=other,
        square_metres=0.0,
        longitude=place[0] if place else None,
        latitude=place[1] if place else None,
        shape=f'{{"type":"Point","coordinates":[{place[0]:.6f},{place[1]:.6f}]}}' if place else "",
    )
