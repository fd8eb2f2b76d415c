"""A raised layer as 3D Tiles: how its buildings are divided, and those of one square."""

from __future__ import annotations

import json
from dataclasses import dataclass

from psycopg import sql

from yiwang.maps.definitions import Extrusion
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.solids.contracts import SolidTileNotFound
from yiwang.maps.solids.queries.blocks import block_within, in_cell, read_raised
from yiwang.maps.solids.rules.globe import stand_at
from yiwang.maps.solids.rules.gltf import glb_of
from yiwang.maps.solids.rules.quadtree import COARSEST, FINEST, Cell, Filling, tileset_of
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within

_MOST_MILLISECONDS = 10_000
_FILLED = sql.SQL(
    "SELECT x, y, count(*), min(w), min(s), max(e), max(n), coalesce(max(h), 0) FROM (SELECT "
    "{column} AS x, {row} AS y, ST_XMin({kept}) AS w, ST_YMin({kept}) AS s, ST_XMax({kept}) AS e, "
    "ST_YMax({kept}) AS n, {height} AS h FROM {relation} WHERE {condition} AND {kept} IS NOT NULL "
    "AND NOT ST_IsEmpty({kept})) f GROUP BY x, y"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A tileset or a tile, under what right it was made."""

    body: bytes
    mark: str
    is_everybodys: bool


def tileset(actor: Actor | None, layer: str) -> Made:
    """All buildings that a reader sees, each in one tile.

    Raises:
        LayerNotFound, NoSolids: as :func:`read_raised`.
        TimeLimitReached: the database took too long.
    """
    read, style = read_raised(actor, layer)
    column, row = in_cell(read.drawn.kept, FINEST)
    statement = _FILLED.format(
        column=column,
        row=row,
        kept=read.drawn.kept,
        height=_height(read, style),
        relation=read.drawn.relation,
        condition=read.drawn.condition,
    )
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    finest = {
        Cell(FINEST, int(str(x)), int(str(y))): Filling(int(str(many)), *(float(str(each)) for each in reach))
        for x, y, many, *reach in rows
    }
    body = json.dumps(tileset_of(finest), separators=(",", ":")).encode()
    return Made(body=body, mark=read.mark, is_everybodys=read.is_everybodys)


def tile(actor: Actor | None, layer: str, cell: Cell) -> Made:
    """The buildings whose middle lies in a square, as binary glTF.

    Raises:
        LayerNotFound, NoSolids, TooManyBuildings, TimeLimitReached: as :func:`block_within`.
        SolidTileNotFound: there is no such square.
    """
    read, style = read_raised(actor, layer)
    if not cell.is_one() or cell.level < COARSEST:
        raise SolidTileNotFound
    block = block_within(actor, layer, cell.box, cell=cell)
    body = glb_of(block.buildings, stand_at(cell.middle), style.colour)
    return Made(body=body, mark=read.mark, is_everybodys=read.is_everybodys)


def _height(read: ReadLayer, style: Extrusion) -> sql.Composable:
    """In metres, as :func:`block_within` raises them."""
    if style.field not in read.seen:
        return sql.Literal(style.metres)
    if style.field not in read.drawn.clear:
        return sql.SQL("0::float8")
    return sql.SQL("greatest(({})::float8 * {}, 0)").format(
        read.drawn.columns[style.field], sql.Literal(style.metres)
    )
