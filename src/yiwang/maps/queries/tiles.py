"""A tile in one statement: the law, the layers and their rows in one snapshot.

Which rows and fields a reader draws is decided in Python by the registers' own rights and remembered with
the mark of the law, which every change of a layer, register, grant or credential renews; the statement gives
a tile only while the mark is the same (and, where a system asks, its token counts).

A web process keeps what it drew, by the right under which it was drawn, and gives it again while nothing that
the tile shows has changed and the same statement still holds without the tile. Of what everybody sees, the
mark of the last look (under 1.4 s ago) is enough.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

from yiwang.exchange.api import LAWFUL, SAME_LAW, Caller, law_mark
from yiwang.kernel.memory import Memory
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.keeping.contracts import DrawnTile, Key, Source
from yiwang.maps.keeping.keeping import TileKeeping
from yiwang.maps.queries.drawing import tile_body
from yiwang.maps.queries.layers import ReadLayer, is_seen_as_before, read_layers
from yiwang.maps.rules.tiles import Tile
from yiwang.platform.contracts import Actor
from yiwang.platform.http.etag import tag_of
from yiwang.platform.sql import Kept, fetch_kept, fetch_within, keep, unless_outdated

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
    #: Made of both.
    tag: str
    is_everybodys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    law: uuid.UUID
    layers: tuple[ReadLayer, ...]
    mark: str
    is_everybodys: bool
    statement: Kept
    text: str
    #: Gives a row while it holds.
    holds: Kept
    #: What is drawn; nothing where a tile is not to be kept.
    sources: tuple[Source, ...]


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
    keeping: TileKeeping | None = None,
) -> TileAnswer | None:
    """Give a tile; None only where the token of ``caller`` does not count any more.

    With ``keeping`` a tile of today may be one that was kept, and is kept.

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
        found = _found(decision, tile, at, valid, caller, keeping if decision.sources else None)
        if found is not None:
            return TileAnswer(
                body=found.body, mark=decision.mark, tag=found.tag, is_everybodys=decision.is_everybodys
            )
        _memory.forget(place)
    if caller is None:
        raise LayerNotFound(layer=layers[0])
    return None


def _found(  # noqa: PLR0917 - a tile as it is asked for
    decision: _Remembered,
    tile: Tile,
    at: datetime,
    valid: date | None,
    caller: Caller | None,
    keeping: TileKeeping | None,
) -> DrawnTile | None:
    """The tile, kept or drawn; None where the decision does not hold any more."""
    key: Key = (decision.mark, tile.zoom, tile.column, tile.row)
    if keeping is None or not keeping.is_trusted():
        return _drawn(decision, tile, at, valid, caller)
    kept = keeping.get(key)
    if kept is not None:
        return kept if _holds(decision, at, caller, keeping) else None
    with keeping.alone(key) as look:
        kept = keeping.get(key)
        if kept is not None:
            return kept if _holds(decision, at, caller, keeping) else None
        drawn = _drawn(decision, tile, at, valid, caller)
        if drawn is not None:
            keeping.put(key, drawn, look=look)
        return drawn


def _holds(decision: _Remembered, at: datetime, caller: Caller | None, keeping: TileKeeping) -> bool:
    """Whether what was decided holds: by the last look where everybody gets the same, else asked now."""
    if decision.is_everybodys and caller is None and keeping.law == decision.law:
        return True
    params: dict[str, object] = {"mark": decision.law}
    if caller is not None:
        params |= {"token": caller.token_hash, "at": at}
    return bool(fetch_kept(decision.holds, params))


def _reaches_as_before(actor: Actor | None, decision: _Remembered) -> bool:
    return all(is_seen_as_before(actor, each) for each in decision.layers)


def _drawn(
    decision: _Remembered, tile: Tile, at: datetime, valid: date | None, caller: Caller | None
) -> DrawnTile | None:
    params: dict[str, object] = {
        "zoom": tile.zoom,
        "column": tile.column,
        "row": tile.row,
        "mark": decision.law,
    }
    if valid is not None:
        params |= {"valid": valid, "known": at}
    if caller is not None:
        params |= {"token": caller.token_hash, "at": at}
    if tile.zoom >= _SMALL:
        found = unless_outdated(lambda: fetch_kept(decision.statement, params))
    else:
        found = unless_outdated(lambda: fetch_within(MOST_MILLISECONDS, [(decision.text, params)])[0])
    if not found:
        return None
    ((given,),) = found
    body = bytes(given) if isinstance(given, bytes | memoryview | bytearray) else b""
    sources = () if valid is not None else decision.sources
    return DrawnTile(body=body, tag=tag_of(decision.mark, body), sources=sources)


def _decide(
    actor: Actor | None, codes: tuple[str, ...], zoom: int, caller: Caller | None, *, then: bool
) -> _Remembered:
    """Decide, with the mark read before the law."""
    law = law_mark()
    layers = read_layers(actor, codes, then=then)
    if law is None:
        raise LayerNotFound(layer=codes[0])
    lawful = LAWFUL if caller is not None else SAME_LAW
    composed = sql.SQL("WITH lawful AS MATERIALIZED ({}) SELECT b.body FROM lawful, LATERAL ({}) b").format(
        sql.SQL(lawful), tile_body(layers, zoom)
    )
    text, mark = composed.as_string(), " ".join(each.mark for each in layers)
    return _Remembered(
        law=law,
        layers=layers,
        mark=mark,
        is_everybodys=all(each.is_everybodys for each in layers),
        statement=keep(text),
        text=text,
        holds=keep(lawful),
        sources=()
        if then or _is_sealed(layers, zoom) or _is_of_others(layers)
        else tuple(map(_source, layers)),
    )


def _source(read: ReadLayer) -> Source:
    return read.layer.register_code, read.drawn.shape.id


def _is_of_others(layers: Sequence[ReadLayer]) -> bool:
    """Whether something is of cases or of another register: where these change is not noted for tiles."""
    return any(each.layer.cases or each.layer.measure is not None for each in layers)


def _is_sealed(layers: Sequence[ReadLayer], zoom: int) -> bool:
    """Whether a tile bears something that lies encrypted: that is not kept in the clear."""
    sealed = {field.name for each in layers for field in each.drawn.definition.fields if field.encrypted}
    return any(name in sealed for each in layers for name in each.names_at(zoom))
