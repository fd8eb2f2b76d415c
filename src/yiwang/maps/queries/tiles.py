"""A tile in one statement: the law, the layers and their rows in one snapshot.

Which rows and fields a reader draws is decided in Python by the registers' own rights and remembered with
the mark of the law, which every change of a layer, register, grant or credential renews; the statement gives
a tile only while the mark is the same (and, where a system asks, its token counts).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

from yiwang.exchange.api import LAWFUL, SAME_LAW, Caller, law_mark
from yiwang.kernel.memory import Memory
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.queries.drawing import tile_body
from yiwang.maps.queries.layers import ReadLayer, read_layers
from yiwang.maps.rules.tiles import Tile
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import Kept, fetch_kept, fetch_within, keep
from yiwang.registers.api import map_reach

#: A tile that takes longer is not given: somebody asked for a city at once of a layer that names no rule.
MOST_MILLISECONDS = 10_000
#: From here on an index bounds the work by the tile's small size, and no limit is set.
_SMALL = 14
_MOST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TileAnswer:
    """A tile (Mapbox Vector Tile 2.1), under what right it was drawn, and whether everybody gets the same."""

    body: bytes
    mark: str
    is_everybodys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    law: uuid.UUID
    layers: tuple[ReadLayer, ...]
    mark: str
    is_everybodys: bool
    statement: Kept
    text: str


_Place = tuple[tuple[str, ...], int, bool, bool, str, str, frozenset[str]]
_memory: Memory[_Place, _Remembered] = Memory(_MOST_REMEMBERED)


def draw_tile(
    *,
    actor: Actor | None,
    layers: tuple[str, ...],
    tile: Tile,
    at: datetime,
    valid: date | None = None,
    caller: Caller | None = None,
) -> TileAnswer | None:
    """Give a tile; None only where the token of ``caller`` does not count any more.

    Raises:
        LayerNotFound: a layer is not there, or not for this reader.
        TimeLimitReached: the database took too long.
    """
    who = ("", "", frozenset[str]()) if actor is None else (actor.kind, actor.organisation, actor.roles)
    place: _Place = (layers, tile.zoom, valid is not None, caller is not None, *who)
    for _ in range(3):
        decision = _memory.get(place)
        if decision is None or not _reaches_as_before(actor, decision):
            decision = _memory.keep(place, _decide(actor, layers, tile.zoom, caller, then=valid is not None))
        body = _drawn(decision, tile, at, valid, caller)
        if body is not None:
            return TileAnswer(body=body, mark=decision.mark, is_everybodys=decision.is_everybodys)
        _memory.forget(place)
    if caller is None:
        raise LayerNotFound(layer=layers[0])
    return None


def _reaches_as_before(actor: Actor | None, decision: _Remembered) -> bool:
    return all(map_reach(actor, each.drawn.definition) == each.drawn.reach for each in decision.layers)


def _drawn(
    decision: _Remembered, tile: Tile, at: datetime, valid: date | None, caller: Caller | None
) -> bytes | None:
    params = {"zoom": tile.zoom, "column": tile.column, "row": tile.row, "mark": decision.law}
    if valid is not None:
        params |= {"valid": valid, "known": at}
    if caller is not None:
        params |= {"token": caller.token_hash, "at": at}
    if tile.zoom >= _SMALL:
        found = fetch_kept(decision.statement, params)
    else:
        (found,) = fetch_within(MOST_MILLISECONDS, [(decision.text, params)])
    if not found:
        return None
    ((body,),) = found
    return bytes(body) if isinstance(body, bytes | memoryview | bytearray) else b""


def _decide(
    actor: Actor | None, codes: tuple[str, ...], zoom: int, caller: Caller | None, *, then: bool
) -> _Remembered:
    """Decide, with the mark read before the law."""
    law = law_mark()
    layers = read_layers(actor, codes, then=then)
    if law is None:
        raise LayerNotFound(layer=codes[0])
    composed = sql.SQL("WITH lawful AS MATERIALIZED ({}) SELECT b.body FROM lawful, LATERAL ({}) b").format(
        sql.SQL(LAWFUL if caller is not None else SAME_LAW), tile_body(layers, zoom)
    )
    text = composed.as_string()
    return _Remembered(
        law=law,
        layers=layers,
        mark=" ".join(each.mark for each in layers),
        is_everybodys=all(each.is_everybodys for each in layers),
        statement=keep(text),
        text=text,
    )
