"""Vector tiles of other matrix sets than the Mercator square: drawn from what registers keep, all of it.

No rule of generalisation holds here, so nothing is left out; what takes too long is refused, and says so.
"""

from __future__ import annotations

from functools import partial

from psycopg import sql

from yiwang.maps.ogc.queries.bounds import Params
from yiwang.maps.ogc.queries.items import Reader, decide, forget, framed, lawful, not_lawful
from yiwang.maps.ogc.rules.matrices import MatrixSet
from yiwang.maps.ogc.rules.systems import STORED
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.queries.tiles import MOST_MILLISECONDS
from yiwang.maps.rules.tiles import EXTENT, MARGIN
from yiwang.platform.sql import fetch_within, unless_outdated

_TILE = sql.SQL(
    "SELECT coalesce(ST_AsMVT(f, {code}, {extent}, 'g', 'id'), ''::bytea) AS body FROM ("
    "SELECT ST_AsMVTGeom({shape}, e.box, {extent}, {margin}, true) AS g, t._entry AS id{columns} "
    "FROM (SELECT ST_MakeEnvelope(%(w)s::float8, %(s)s::float8, %(e)s::float8, %(n)s::float8, {srid}) "
    "AS box) e, {relation} WHERE t.{kept} && {around} AND {condition}) f WHERE f.g IS NOT NULL"
)


def draw_in(
    reader: Reader, code: str, found: MatrixSet, place: tuple[int, int, int]
) -> tuple[ReadLayer, bytes] | None:
    """A tile of matrix, row and column; None only where the reader's token does not count any more.

    Raises:
        LayerNotFound, TimeLimitReached
    """
    matrix, row, column = place
    west, south, east, north = found.box(matrix, row, column)
    beside = (east - west) * MARGIN / EXTENT
    for _ in range(3):
        decided = decide(reader, code, then=False, during=False)
        params = lawful(reader, decided) | {"w": west, "s": south, "e": east, "n": north}
        text = framed(reader, _statement(decided.read, found, found.zoom(matrix), beside, params)).as_string()
        rows = unless_outdated(partial(_limited, text, params))
        if rows:
            body = rows[0][0]
            return decided.read, bytes(body) if isinstance(body, bytes | memoryview | bytearray) else b""
        forget(reader, code, then=False, during=False)
    not_lawful(reader, code)
    return None


def _limited(text: str, params: Params) -> list[tuple[object, ...]]:
    return fetch_within(MOST_MILLISECONDS, [(text, params)])[0]


def _statement(read: ReadLayer, found: MatrixSet, zoom: int, beside: float, params: Params) -> sql.Composed:
    if not read.layer.holds_at(zoom):
        return sql.SQL("SELECT ''::bytea AS body").format()
    params["beside"] = beside
    shape: sql.Composable = read.drawn.kept
    around: sql.Composable = sql.SQL("ST_Expand(e.box, %(beside)s::float8)")
    if found.srid != STORED:
        shape = sql.SQL("ST_Transform({}, {})").format(shape, sql.Literal(found.srid))
        around = sql.SQL("ST_Transform(ST_Segmentize(ST_Expand(e.box, %(beside)s::float8), {}), {})").format(
            sql.Literal((found.side + 2 * beside) / 8), sql.Literal(STORED)
        )
    columns = [
        sql.SQL(", {} AS {}").format(read.drawn.columns[name], sql.Identifier(name))
        for name in read.names_at(zoom)
    ]
    return _TILE.format(
        code=sql.Literal(read.layer.code),
        extent=sql.Literal(EXTENT),
        margin=sql.Literal(MARGIN),
        shape=shape,
        kept=sql.Identifier(read.drawn.shape.name),
        around=around,
        srid=sql.Literal(found.srid),
        relation=read.drawn.relation,
        condition=read.drawn.condition,
        columns=sql.SQL("").join(columns),
    )
