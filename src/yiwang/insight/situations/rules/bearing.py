"""What the entries of stations are to bear of what was measured. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from yiwang.insight.situations.contracts import Station
from yiwang.insight.situations.definitions import Board, Follower
from yiwang.kernel.feel import Json

_Wanted = str | Decimal | datetime | None


def to_write(board: Board, station: Station, written: Mapping[str, Json]) -> dict[str, str | None]:
    """Fields of a station that are not as they should be, with what they should be."""
    return {
        name: _text(wanted)
        for name, wanted in _wanted(board, station).items()
        if not _same(wanted, written.get(name))
    }


def followed(follower: Follower, level: str | None, *, least: str | None) -> str | None:
    """What an entry is to say whose station has a level, no better than ``least``."""
    order = list(follower.levels.values())
    said = [each for each in (follower.levels.get(level or ""), least) if each in order]
    return max(said, key=order.index, default=None)


def _wanted(board: Board, station: Station) -> dict[str, _Wanted]:
    bears = board.bears
    if bears is None:
        return {}
    found: dict[str, _Wanted] = {bears.level: station.level.level if station.level is not None else None}
    if bears.index is not None:
        found[bears.index] = station.worst.index if station.worst is not None else None
    if bears.moment is not None and station.moment is not None:
        found[bears.moment] = station.moment
    newest = {value.quantity: value.value for value in station.values}
    return found | {
        field: newest[quantity] for quantity, field in bears.quantities.items() if quantity in newest
    }


def _same(wanted: _Wanted, written: Json) -> bool:
    if wanted is None or written is None:
        return wanted is None and written is None
    if isinstance(wanted, Decimal):
        return wanted == Decimal(str(written))
    if isinstance(wanted, datetime):
        return wanted == datetime.fromisoformat(str(written))
    return wanted == str(written)


def _text(wanted: _Wanted) -> str | None:
    if isinstance(wanted, Decimal):
        return f"{wanted:f}"
    return wanted.isoformat() if isinstance(wanted, datetime) else wanted
