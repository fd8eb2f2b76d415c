"""Buildings of a raised layer in a box: the rows and fields of the reader's right, in one statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from psycopg import sql
from pydantic import JsonValue

from yiwang.maps.definitions import Extrusion
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.maps.queries.features import Box
from yiwang.maps.queries.layers import ReadLayer, list_layers, read_layers
from yiwang.maps.solids.contracts import (
    Block,
    Building,
    Corner,
    NoSolids,
    Outline,
    Place,
    Ring,
    TooManyBuildings,
)
from yiwang.maps.solids.rules.quadtree import Cell
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within

MOST_BUILDINGS, MOST_CORNERS = 5_000, 200_000
_MOST_MILLISECONDS = 8_000
#: Millimetres of the zone, as one valid area, and the same corners in degrees, in the same order.
_SOME = sql.SQL(
    "WITH box AS MATERIALIZED (SELECT ST_Transform(ST_MakeEnvelope("
    "%(west)s, %(south)s, %(east)s, %(north)s, 4490), 3857) AS b), "
    "found AS MATERIALIZED (SELECT t.* FROM {relation}, box WHERE {drawn} && box.b "
    "AND {where} AND {condition} ORDER BY t._entry LIMIT {most}), "
    "few AS MATERIALIZED (SELECT count(*) <= {buildings} AND "
    "coalesce(sum(ST_NPoints({kept})), 0) <= {corners} AS is_few FROM found t) "
    "SELECT t._entry, ST_AsGeoJSON(m.g, 3, 0), ST_AsGeoJSON(ST_Transform(m.g, 4490), 9, 0), "
    "row_to_json(v)::text, few.is_few FROM few LEFT JOIN found t ON few.is_few "
    "LEFT JOIN LATERAL (SELECT ST_ForcePolygonCCW(ST_CollectionExtract(ST_ReducePrecision("
    "ST_Transform({kept}, %(epsg)s::int), 0.001), 3)) AS g OFFSET 0) m ON true "
    "LEFT JOIN LATERAL (SELECT {columns}) v ON true ORDER BY t._entry"
)


def in_cell(kept: sql.Composable, level: int) -> tuple[sql.Composed, sql.Composed]:
    """Column and row of the square in which the middle of a shape's box lies."""
    column, row = (
        sql.SQL("floor((({low}({kept}) + {high}({kept})) / 2 + 180) / 360 * {squares}::float8)::int").format(
            low=sql.SQL(low), high=sql.SQL(high), kept=kept, squares=sql.Literal(1 << level)
        )
        for low, high in (("ST_XMin", "ST_XMax"), ("ST_YMin", "ST_YMax"))
    )
    return column, row


def read_raised(actor: Actor | None, layer: str) -> tuple[ReadLayer, Extrusion]:
    """A layer whose style raises it, as a reader sees it.

    Raises:
        LayerNotFound: there is none, or it is not for this reader.
        NoSolids: its style raises nothing.
    """
    (read,) = read_layers(actor, (layer,))
    if not isinstance(read.layer.style, Extrusion):
        raise NoSolids(layer=layer)
    return read, read.layer.style


def list_raised(actor: Actor | None) -> tuple[ReadLayer, ...]:
    """The layers with solids that a reader sees."""
    return tuple(each for each in list_layers(actor) if isinstance(each.layer.style, Extrusion))


def block_within(
    actor: Actor | None, layer: str, box: Box, *, most: int = MOST_BUILDINGS, cell: Cell | None = None
) -> Block:
    """Give all buildings that touch a box; with ``cell`` those in it whose middle lies in that square.

    Raises:
        LayerNotFound, NoSolids: as :func:`read_raised`.
        TooManyBuildings: there are more of them, or of corners, than one answer holds; none is left out.
        TimeLimitReached: the database took too long.
    """
    read, style = read_raised(actor, layer)
    meridian, epsg = zone_of((box[0] + box[2]) / 2)
    params: dict[str, object] = dict(zip(("west", "south", "east", "north"), box, strict=True))
    text = _statement(read, most, cell).as_string()
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(text, params | {"epsg": epsg})])
    if rows and not rows[0][4]:
        raise TooManyBuildings(most=most, corners=MOST_CORNERS)
    return Block(
        layer=layer,
        title=read.layer.title,
        epsg=epsg,
        meridian=meridian,
        buildings=tuple(_buildings(rows, style, read.seen)),
        mark=read.mark,
        is_everybodys=read.is_everybodys,
    )


def _statement(read: ReadLayer, most: int, cell: Cell | None) -> sql.Composed:
    drawn = read.drawn
    where: sql.Composable = sql.SQL("ST_Intersects({}, box.b)").format(drawn.drawn)
    if cell is not None:
        column, row = in_cell(drawn.kept, cell.level)
        where = sql.SQL("{} = {} AND {} = {}").format(
            column, sql.Literal(cell.column), row, sql.Literal(cell.row)
        )
    return _SOME.format(
        relation=drawn.relation,
        drawn=drawn.drawn,
        kept=drawn.kept,
        where=where,
        condition=drawn.condition,
        columns=read.select(sorted(read.seen)),
        most=sql.Literal(most + 1),
        buildings=sql.Literal(most),
        corners=sql.Literal(MOST_CORNERS),
    )


def _buildings(
    rows: Sequence[Sequence[object]], style: Extrusion, seen: Collection[str]
) -> Iterator[Building]:
    for entry, measured, placed, said, _ in rows:
        if entry is None or measured is None:
            continue
        outlines, places = _outlines(str(measured), str(placed))
        if not outlines:
            continue  # narrower than a millimetre
        values = {name: value for name, value in _json_object(str(said)).items() if name in seen}
        yield Building(
            entry=int(str(entry)),
            outlines=outlines,
            height=_height(values, style, seen),
            values={name: value for name, value in values.items() if value is not None},
            places=places,
        )


def _height(values: Mapping[str, JsonValue], style: Extrusion, seen: Collection[str]) -> int:
    """As the map draws it: one step for all where this reader does not see the field."""
    if style.field not in seen:
        return round(style.metres * 1000)
    value = values.get(style.field)
    # what is masked is words, and raises nothing
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else 0
    return max(round(number * style.metres * 1000), 0)


def _outlines(measured: str, placed: str) -> tuple[tuple[Outline, ...], dict[Corner, Place]]:
    outlines: list[Outline] = []
    places: dict[Corner, Place] = {}
    for flat, on_earth in zip(areas_of(measured), areas_of(placed), strict=True):
        rings: list[Ring] = []
        for ring, placed_ring in zip(flat, on_earth, strict=True):
            corners = [(round(x * 1000), round(y * 1000)) for x, y in ring]
            places |= dict(zip(corners, placed_ring, strict=True))
            rings.append(tuple(corners[:-1]))
        outlines.append(Outline(rings[0], tuple(rings[1:])))
    return tuple(outlines), places


def areas_of(geojson: str) -> list[list[list[Place]]]:
    """Areas of what the database made, each with its rings."""
    found = json.loads(geojson)
    areas = found["coordinates"] if found["type"] == "MultiPolygon" else [found["coordinates"]]
    return [[[(x, y) for x, y, *_ in ring] for ring in area] for area in areas if area]


def _json_object(said: str) -> dict[str, JsonValue]:
    found = json.loads(said)
    return found if isinstance(found, dict) else {}
