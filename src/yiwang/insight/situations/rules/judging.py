"""How stations stand by their values. Pure: what the tables say and what time it is are arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from yiwang.insight.situations.contracts import BoardView, Station, Value
from yiwang.insight.situations.definitions import Board
from yiwang.kernel.feel import Json


def judged_value(value: Value, answer: Mapping[str, Json]) -> Value:
    """A value with what its table said of it."""
    level = answer.get("level")
    return replace(
        value,
        level=None if level is None else str(level),
        index=_number(answer.get("index")),
        limit=_number(answer.get("limit")),
        times=_number(answer.get("times")),
        over=answer.get("over") is True,
    )


def standing(board: Board, station: Station) -> Station:
    """A station as its worst fresh value has it: by level first, then by index; the first of equals."""
    places = {level.level: place for place, level in enumerate(board.levels)}
    judged = [value for value in station.values if value.is_fresh and value.level in places]
    worst = max(
        judged, key=lambda value: (places[value.level or ""], value.index or Decimal(-1)), default=None
    )
    moment = max((value.moment for value in station.values), default=None)
    return replace(
        station,
        worst=worst,
        level=board.levels[places[worst.level or ""]] if worst is not None else None,
        moment=moment,
        is_fresh=any(value.is_fresh for value in station.values),
    )


def board_view(
    board: Board, stations: Sequence[Station], *, ahead: Sequence[Value], made_up: bool
) -> BoardView:
    """All stations of a board, the worst first, with those above a limit."""
    places = {level.level: place for place, level in enumerate(board.levels)}
    found = sorted(
        (standing(board, each) for each in stations),
        key=lambda each: (-places[each.level.level] if each.level else 1, -_index(each), each.code),
    )
    moment = max((each.moment for each in found if each.moment), default=None)
    return BoardView(
        board=board,
        stations=tuple(found),
        counts=tuple((level, sum(1 for each in found if each.level == level)) for level in board.levels),
        over=tuple((each, value) for each in found for value in each.values if value.over),
        stale=sum(1 for each in found if each.values and not each.is_fresh),
        ahead=tuple(ahead),
        moment=moment,
        is_fresh=any(each.is_fresh for each in found),
        made_up=made_up,
    )


def asked_of(boards: Sequence[BoardView]) -> dict[str, Json]:
    """What the table of the whole gets: ``most`` by quantity and ``at_least`` by level, of every board.

    Only of fresh values: what was measured days ago suggests nothing for today.
    """
    found: dict[str, Json] = {}
    for view in boards:
        most: dict[str, Json] = {}
        for value in (value for each in view.stations for value in each.values if value.is_fresh):
            known = most.get(value.quantity)
            number = float(value.value)
            most[value.quantity] = max(number, known) if isinstance(known, float) else number
        counts = [count for _, count in view.counts]
        at_least: dict[str, Json] = {
            f"l{level.level}": sum(counts[place:]) for place, (level, _) in enumerate(view.counts)
        }
        found[view.board.key] = {"most": most, "at_least": at_least}
    return found


def _index(station: Station) -> Decimal:
    return (
        station.worst.index if station.worst is not None and station.worst.index is not None else Decimal(0)
    )


def _number(said: Json) -> Decimal | None:
    return Decimal(str(said)) if isinstance(said, int | float) and not isinstance(said, bool) else None
