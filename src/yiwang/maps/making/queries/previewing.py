"""A layer that is not published yet, as its maker would see it: tiles, style, legend."""

from __future__ import annotations

from dataclasses import replace

from yiwang.maps.definitions import Audience, LayerDefinition
from yiwang.maps.queries.drawing import tile_body
from yiwang.maps.queries.layers import ReadLayer, as_seen
from yiwang.maps.rules.tiles import Tile
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import drawn_anew

_MOST_MILLISECONDS = 5_000


def candidate_of(actor: Actor, layer: LayerDefinition) -> ReadLayer | None:
    """How its maker sees it, whoever it is meant for; None where the register is not for him."""
    seen = as_seen(actor, layer.model_copy(update={"audience": Audience()}), 0)
    return None if seen is None else replace(seen, layer=layer, drawn=drawn_anew(seen.drawn))


def candidate_tile(read: ReadLayer, tile: Tile) -> bytes:
    """A tile of it.

    Raises:
        TimeLimitReached: the database took too long.
    """
    where = {"zoom": tile.zoom, "column": tile.column, "row": tile.row}
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(tile_body([read], tile.zoom).as_string(), where)])
    body = rows[0][0] if rows else b""
    return bytes(body) if isinstance(body, bytes | memoryview | bytearray) else b""
