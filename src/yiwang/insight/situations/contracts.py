"""What crosses the border of situations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from yiwang.insight.situations.definitions import Board, Level, ListedRegister, SituationDefinition
from yiwang.kernel.errors import InvalidInput, NotFound, RuleViolation
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The newest value of one quantity at a station, with its judgement; one that is not fresh has none.

    ``times`` says by how many times its limit a value lies above it; None where it doesn't, or where the
    standard knows no such figure.
    """

    station: str
    quantity: str
    title: Text
    value: Decimal
    unit: Text
    moment: datetime
    is_fresh: bool
    level: str | None = None
    index: Decimal | None = None
    limit: Decimal | None = None
    times: Decimal | None = None
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station with its newest values; ``worst`` is that by which it is judged, None without a fresh one."""

    code: str
    name: Text
    longitude: float
    latitude: float
    values: tuple[Value, ...]
    worst: Value | None
    level: Level | None
    moment: datetime | None
    is_fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """A board as read: ``counts`` gives stations by level, ``moment`` is that of the newest value.

    ``stale`` are stations with nothing but old values; ``ahead`` are values whose moment is still to come,
    which count for nothing.
    """

    board: Board
    stations: tuple[Station, ...]
    counts: tuple[tuple[Level, int], ...]
    over: tuple[tuple[Station, Value], ...]
    stale: int
    ahead: tuple[Value, ...]
    moment: datetime | None
    is_fresh: bool
    made_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Fields of an entry that are to be written, since values have come in or grown old."""

    register: str
    key: str
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """Entries of a register as this reader sees them, by column."""

    listed: ListedRegister
    columns: tuple[tuple[str, Text], ...]
    rows: tuple[Mapping[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A response that was opened and not ended, with what the plan says for its level."""

    number: str
    level: Level
    since: datetime
    reason: str
    plan: ListView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """A situation as read now; ``suggested`` is the level that its table gives, with the plan's entries.

    It is None where no board has a fresh value: nothing measured suggests nothing, and not that all is well.
    """

    definition: SituationDefinition
    boards: tuple[BoardView, ...]
    suggested: Level | None
    reasons: tuple[Text, ...]
    plans: ListView | None
    in_force: InForce | None
    may_decide: bool
    lists: tuple[ListView, ...]
    outline: str
    frame: tuple[int, int, int, int]


@dataclass(eq=False)
class SituationNotFound(NotFound):
    """There is none of this name, or it is not for this reader: both answer the same."""

    text: ClassVar[Text] = Text("没有这个现况页面。", "There is no such page.")


@dataclass(eq=False)
class ResponseRefused(InvalidInput):
    """A response is opened at a level of the plan, and opened and ended for a reason."""


@dataclass(eq=False)
class LevelInForce(RuleViolation):
    """The response of this level is in force already."""

    text: ClassVar[Text] = Text("该级响应正在执行。", "The response of this level is in force already.")


@dataclass(eq=False)
class NothingInForce(RuleViolation):
    """No response is in force that could be ended."""

    text: ClassVar[Text] = Text("现在没有正在执行的响应。", "No response is in force.")
