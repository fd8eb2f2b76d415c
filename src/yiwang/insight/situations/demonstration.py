"""In a demonstration the made-up instruments go on: each measures again what it measured last."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from psycopg import sql

from yiwang.insight.situations.definitions import Board
from yiwang.insight.situations.kinds import model_of
from yiwang.insight.situations.models import Situation
from yiwang.platform.contracts import Actor
from yiwang.platform.spreadsheets import csv_file
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import get_register, load_file, open_rows

_INSTRUMENTS = Actor.system("demonstration")
_MOST_MILLISECONDS = 5_000
#: The newest values of stations that are made up, of those that are half as old as they may be.
_NEWEST = sql.SQL(
    "SELECT n.{station}, n.{quantity}, n.{value}, n.{unit} FROM ("
    "SELECT DISTINCT ON (v.{station}, v.{quantity}) v.* "
    "FROM {rows} v JOIN {stations} s ON s.{key} = v.{station} AND s.made_up "
    "WHERE v.{moment} <= %(at)s ORDER BY v.{station}, v.{quantity}, v.{moment} DESC, v._entry DESC) n "
    "WHERE n.{moment} <= %(old)s"
)
_COLUMNS = ("station", "quantity", "value", "unit")


def measure_again(at: datetime) -> int:
    """Enter values of this hour for each board whose values grow old; gives how many."""
    boards = {
        board.values: board
        for row in Situation.objects.filter(closed_at=None)
        for board in model_of(row.content).boards
    }
    return sum(_measure(board, at) for board in boards.values())


def _measure(board: Board, at: datetime) -> int:
    stations, values = get_register(board.stations), get_register(board.values)
    if stations.find("made_up") is None or values.find("made_up") is None:
        return 0
    statement = _NEWEST.format(
        rows=open_rows(values.code),
        stations=open_rows(stations.code),
        key=sql.Identifier(stations.key),
        **{name: sql.Identifier(getattr(board, name)) for name in (*_COLUMNS, "moment")},
    )
    old = at - timedelta(hours=board.fresh_hours) / 2
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {"at": at, "old": old})])
    if not rows:
        return 0
    hour = at.replace(minute=0, second=0, microsecond=0)
    names = [getattr(board, name) for name in _COLUMNS]
    table: list[list[object]] = [[values.key, *names, board.moment, "made_up"]]
    for station, quantity, value, unit in rows:
        number = f"{station}-{quantity}-{hour:%Y%m%d%H}"
        table.append([number, station, quantity, value, unit, hour.isoformat(), "true"])
    report = load_file(
        actor=_INSTRUMENTS, at=at, register=values.code, file=io.BytesIO(csv_file(table)), source=values.owner
    )
    return report.loaded
