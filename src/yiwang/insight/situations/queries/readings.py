"""Stations and their newest values, read from open registers as everybody may see them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.insight.situations.contracts import Station, Value
from yiwang.insight.situations.definitions import Board
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import get_register, open_rows
from yiwang.registers.definitions import SHAPES, FieldKind, RegisterDefinition

_MOST_MILLISECONDS = 5_000
MOST_STATIONS = 2_000
_MOST_AHEAD = 100
#: Old values are shown for four times as long as they are fresh, and a month more.
_SHOWN = timedelta(days=31)
_STATIONS = sql.SQL(
    "SELECT s.{key}, ST_X(s.{place}), ST_Y(s.{place}), jsonb_build_object({public})::text "
    "FROM {rows} s WHERE s.{place} IS NOT NULL ORDER BY s.{key} LIMIT {most}"
)
#: The newest of each station and quantity; only of those with no fresh one the long time before is looked at.
_VALUES = sql.SQL(
    "WITH fresh AS (SELECT DISTINCT ON (v.{station}, v.{quantity}) "
    "v.{station} AS station, v.{quantity} AS quantity, v.{value}, v.{unit}, v.{moment} "
    "FROM {rows} v WHERE v.{moment} BETWEEN %(fresh)s AND %(at)s "
    "ORDER BY v.{station}, v.{quantity}, v.{moment} DESC, v._entry DESC), "
    "old AS (SELECT DISTINCT ON (v.{station}, v.{quantity}) "
    "v.{station}, v.{quantity}, v.{value}, v.{unit}, v.{moment} "
    "FROM {rows} v WHERE v.{moment} >= %(shown)s AND v.{moment} < %(fresh)s AND NOT EXISTS ("
    "SELECT FROM fresh f WHERE f.station = v.{station} AND f.quantity = v.{quantity}) "
    "ORDER BY v.{station}, v.{quantity}, v.{moment} DESC, v._entry DESC) "
    "SELECT * FROM fresh UNION ALL SELECT * FROM old"
)
#: What was mistyped, or came from a clock that is wrong.
_AHEAD = sql.SQL(
    "SELECT v.{station}, v.{quantity}, v.{value}, v.{unit}, v.{moment} FROM {rows} v "
    "WHERE v.{moment} > %(at)s ORDER BY v.{moment}, v._entry LIMIT {most}"
)
_NAMES = sql.SQL("SELECT n.{key}, n.name, n.name_en FROM {rows} n ORDER BY n.{key} LIMIT {most}")
#: A hundred metres or so are one unit of the drawing.
_OUTLINE = sql.SQL(
    "SELECT coalesce(string_agg(ST_AsSVG(s, 0, 0), ' '), ''), min(ST_XMin(s)), min(ST_YMin(s)), "
    "max(ST_XMax(s)), max(ST_YMax(s)) FROM (SELECT ST_SimplifyPreserveTopology("
    "ST_Scale(ST_SetSRID(o.{place}, 0), {east}, {north}), 3) AS s FROM {rows} o) d"
)
#: Of degrees at the latitude of the Pearl River; a drawing, no map.
EAST, NORTH = 921, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a board reads: stations with their public fields, not judged yet, and values of times to come."""

    stations: tuple[Station, ...]
    fields: Mapping[str, Mapping[str, Json]]
    ahead: tuple[Value, ...]


def read_board(board: Board, *, at: datetime) -> Read:
    """Read stations and the newest value of each quantity as things stand at a moment.

    Raises:
        RegisterNotFound: a register was closed, or is not open any more.
        TimeLimitReached: the database took too long.
    """
    stations, values = get_register(board.stations), get_register(board.values)
    hours = timedelta(hours=board.fresh_hours)
    fresh = at - hours
    places, rows, to_come = fetch_within(
        _MOST_MILLISECONDS,
        [
            (_stations(stations).as_string(), {}),
            (_values(board).as_string(), {"at": at, "fresh": fresh, "shown": fresh - 3 * hours - _SHOWN}),
            (_ahead(board).as_string(), {"at": at}),
        ],
    )
    by_station: dict[str, list[Value]] = {}
    for row in rows:
        value = _value(board, values, row, at=at)
        by_station.setdefault(value.station, []).append(value)
    found, fields = [], {}
    for code, east, north, said in places:
        known = fields[str(code)] = json.loads(str(said))
        found.append(
            Station(
                code=str(code),
                name=Text(str(known["name"]), str(known["name_en"])),
                longitude=float(str(east)),
                latitude=float(str(north)),
                values=_in_order(values, board.quantity, by_station.get(str(code), [])),
                worst=None,
                level=None,
                moment=None,
                is_fresh=False,
            )
        )
    ahead = tuple(_value(board, values, row, at=at) for row in to_come)
    return Read(stations=tuple(found), fields=fields, ahead=ahead)


def _value(board: Board, values: RegisterDefinition, row: Sequence[object], *, at: datetime) -> Value:
    station, quantity, value, unit, moment = row
    assert isinstance(moment, datetime)  # noqa: S101 - only the values of a board's moments are read
    return Value(
        station=str(station),
        quantity=str(quantity),
        title=_words(values, board.quantity, str(quantity)),
        value=Decimal(str(value)).normalize(),
        unit=_words(values, board.unit, str(unit)),
        moment=moment,
        is_fresh=timedelta(0) <= at - moment <= timedelta(hours=board.fresh_hours),
    )


def read_outline(register: str) -> tuple[str, tuple[float, float, float, float] | None]:
    """Give the areas of an open register as one path of a drawing, and its west, south, east and north."""
    definition = get_register(register)
    place = next(field for field in definition.fields if field.kind is FieldKind.AREA)
    statement = _OUTLINE.format(
        place=sql.Identifier(place.name),
        rows=open_rows(register),
        east=sql.Literal(EAST),
        north=sql.Literal(NORTH),
    )
    (((path, *box),),) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    if not path:
        return "", None
    west, south, east, north = (float(str(each)) for each in box)
    return str(path), (west, south, east, north)


def names_of(register: str) -> Mapping[str, Text]:
    """Give the names of an open register's entries by their key; nothing where it has no public names."""
    definition = get_register(register)
    public = {field.name for field in definition.fields if field.secrecy is Secrecy.PUBLIC}
    if not definition.open or not {definition.key, "name", "name_en"} <= public:
        return {}
    statement = _NAMES.format(
        key=sql.Identifier(definition.key), rows=open_rows(register), most=sql.Literal(MOST_STATIONS)
    )
    (found,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    return {str(key): Text(str(name), str(name_en)) for key, name, name_en in found}


def _stations(definition: RegisterDefinition) -> sql.Composed:
    place = next(field for field in definition.fields if field.kind is FieldKind.POINT)
    public = [
        part
        for field in definition.fields
        if field.secrecy is Secrecy.PUBLIC and field.kind not in SHAPES
        for part in (sql.Literal(field.name), sql.SQL("s.{}").format(sql.Identifier(field.name)))
    ]
    return _STATIONS.format(
        key=sql.Identifier(definition.key),
        place=sql.Identifier(place.name),
        public=sql.SQL(", ").join(public),
        rows=open_rows(definition.code),
        most=sql.Literal(MOST_STATIONS),
    )


def _values(board: Board) -> sql.Composed:
    return _VALUES.format(rows=open_rows(board.values), **_named(board))


def _ahead(board: Board) -> sql.Composed:
    return _AHEAD.format(rows=open_rows(board.values), most=sql.Literal(_MOST_AHEAD), **_named(board))


def _named(board: Board) -> dict[str, sql.Identifier]:
    names = ("station", "quantity", "value", "unit", "moment")
    return {name: sql.Identifier(str(getattr(board, name))) for name in names}


def _in_order(register: RegisterDefinition, quantity: str, values: list[Value]) -> tuple[Value, ...]:
    order = [each.code for each in register.get(quantity).codes]
    return tuple(sorted(values, key=lambda value: order.index(value.quantity)))


def _words(register: RegisterDefinition, field: str, code: str) -> Text:
    return register.get(field).code_title(code) or Text(code, code)
