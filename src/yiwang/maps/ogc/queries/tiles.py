"""Vector tiles of other matrix sets than the Mercator square, by the same rules of generalisation.

They are drawn for each who asks and not kept; what takes too long is refused, and says so.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from psycopg import sql

from yiwang.maps.ogc.queries.bounds import Params
from yiwang.maps.ogc.queries.items import Reader, decide, forget, framed, lawful, not_lawful
from yiwang.maps.ogc.rules.matrices import MatrixSet
from yiwang.maps.ogc.rules.systems import STORED
from yiwang.maps.queries.drawing import Square, tile_body
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.queries.tiles import MOST_MILLISECONDS
from yiwang.maps.rules.tiles import EXTENT, MARGIN
from yiwang.platform.sql import fetch_within, unless_outdated

_BOX = sql.SQL("ST_MakeEnvelope(%(w)s::float8, %(s)s::float8, %(e)s::float8, %(n)s::float8, {srid})")
#: A straight side is a curve in another system: it is followed in so many parts.
_PARTS = 8


def draw_in(
    reader: Reader, code: str, found: MatrixSet, place: tuple[int, int, int], *, valid: date | None = None
) -> tuple[ReadLayer, bytes] | None:
    """A tile of matrix, row and column; None only where the reader's token does not count any more.

    Raises:
        LayerNotFound, TimeLimitReached
    """
    matrix, row, column = place
    west, south, east, north = found.box(matrix, row, column)
    square, then = _square(found, east - west), valid is not None
    for _ in range(3):
        decided = decide(reader, code, then=then, during=False)
        params = lawful(reader, decided) | {"w": west, "s": south, "e": east, "n": north, "valid": valid}
        text = framed(reader, tile_body([decided.read], found.zoom(matrix), square)).as_string()
        rows = unless_outdated(partial(_limited, text, params))
        if rows:
            body = rows[0][0]
            return decided.read, bytes(body) if isinstance(body, bytes | memoryview | bytearray) else b""
        forget(reader, code, then=then, during=False)
    not_lawful(reader, code)
    return None


def _limited(text: str, params: Params) -> list[tuple[object, ...]]:
    return fetch_within(MOST_MILLISECONDS, [(text, params)])[0]


def _square(found: MatrixSet, side: float) -> Square:
    """Parameters: ``w``, ``s``, ``e``, ``n``."""
    tile = _BOX.format(srid=sql.Literal(found.srid))
    around = sql.SQL("ST_Expand({}, {})").format(tile, sql.Literal(side * MARGIN / EXTENT))
    kept = around
    if found.srid != STORED:
        kept = sql.SQL("ST_Transform(ST_Segmentize({}, {}), {})").format(
            around, sql.Literal(side / _PARTS), sql.Literal(STORED)
        )
    return Square(
        srid=found.srid,
        tile=tile,
        around=around,
        carried=lambda shape: sql.SQL("ST_Transform({}, {})").format(shape, sql.Literal(found.srid)),
        meets=lambda drawn: sql.SQL("t.{} && {}").format(sql.Identifier(drawn.shape.name), kept),
        side=side,
    )
