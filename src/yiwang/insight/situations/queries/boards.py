"""Boards as judged now, and what of it the registers don't say yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from psycopg import sql

from yiwang.cases.definitions.tables import judged
from yiwang.insight.situations.contracts import BoardView, Differing
from yiwang.insight.situations.definitions import Board, Follower
from yiwang.insight.situations.kinds import model_of
from yiwang.insight.situations.models import Situation
from yiwang.insight.situations.queries.readings import read_board
from yiwang.insight.situations.rules.bearing import followed, to_write
from yiwang.insight.situations.rules.judging import board_view, judged_value
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.feel import Json
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import get_register, open_rows

_MOST_MILLISECONDS = 5_000
_FOLLOWERS = sql.SQL("SELECT f.{key}, f.{by}, f.{level}, {least} FROM {rows} f ORDER BY f.{key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBoard:
    """A board with the public fields of its stations, by their key."""

    view: BoardView
    fields: Mapping[str, Mapping[str, Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBoard:
    """A board whose stations bear what was judged, with the situation that declares it and its table."""

    situation: str
    board: Board
    table: str


def read_judged(board: Board, table: str, *, at: datetime) -> JudgedBoard:
    """Read a board and judge its fresh values.

    Raises:
        RegisterNotFound, TimeLimitReached
    """
    read = read_board(board, at=at)
    stations = []
    for station in read.stations:
        fields = json.dumps(read.fields[station.code], sort_keys=True)
        values = tuple(
            judged_value(value, _judged(table, board.decision, value.quantity, value.value, fields))
            if value.is_fresh
            else value
            for value in station.values
        )
        stations.append(replace(station, values=values))
    made_up = any(fields.get("made_up") is True for fields in read.fields.values())
    view = board_view(board, stations, ahead=read.ahead, made_up=made_up)
    return JudgedBoard(view=view, fields=read.fields)


def kept_boards() -> tuple[KeptBoard, ...]:
    """Boards that write what they find into the register of their stations."""
    found = []
    for row in Situation.objects.filter(closed_at=None).order_by("code"):
        tables = row.content["tables"]
        found += [
            KeptBoard(situation=row.code, board=board, table=str(tables[board.decision]))
            for board in model_of(row.content).boards
            if board.bears is not None
        ]
    return tuple(found)


def differing(kept: KeptBoard, *, at: datetime) -> tuple[Differing, ...]:
    """What stations and their followers don't bear yet as things stand at a moment; the worst stations first.

    Raises:
        RegisterNotFound, TimeLimitReached
    """
    read = read_judged(kept.board, kept.table, at=at)
    found = [
        Differing(register=kept.board.stations, key=station.code, values=values)
        for station in read.view.stations
        if (values := to_write(kept.board, station, read.fields[station.code]))
    ]
    levels = {each.code: each.level.level if each.level else None for each in read.view.stations}
    followers = kept.board.bears.followers if kept.board.bears is not None else ()
    for follower in followers:
        found += _following(follower, levels)
    return tuple(found)


def _following(follower: Follower, levels: Mapping[str, str | None]) -> Iterator[Differing]:
    register = get_register(follower.register_code)
    statement = _FOLLOWERS.format(
        key=sql.Identifier(register.key),
        by=sql.Identifier(follower.by),
        level=sql.Identifier(follower.level),
        least=sql.SQL("f.{}").format(sql.Identifier(follower.at_least)) if follower.at_least else sql.NULL,
        rows=open_rows(register.code),
    )
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    for key, station, written, least in rows:
        wanted = followed(follower, levels.get(str(station)), least=None if least is None else str(least))
        if wanted != written:
            yield Differing(register=register.code, key=str(key), values={follower.level: wanted})


@lru_cache(maxsize=20_000)
def _judged(table: str, decision: str, quantity: str, value: Decimal, fields: str) -> Mapping[str, Json]:
    """What a table says of a value; nothing where it knows no answer to it."""
    asked = {"reading": {"quantity": quantity, "value": value}, "station": json.loads(fields)}
    try:
        answer = judged(table, decision, asked)
    except YiwangError:
        return {}
    return answer if isinstance(answer, dict) else {}
