"""The values that the token game takes and gives: tokens, events, what the world answers, and the moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from yiwang.cases.rules.process.model import Node

Json: TypeAlias = "bool | int | float | str | Decimal | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One open row: where work stands.

    ``parent`` is the token of the enclosing scope: of a subprocess, of the activity that is done for many
    items, or of the activity that a boundary event sits on. ``index`` is set only on the instances of such
    an activity. ``via`` is the flow by which a branch reached a join. ``outcome`` is set when an instance
    has answered and waits for the others; it stays open until the join.
    """

    id: int
    node: str
    parent: int | None = None
    item: Json = None
    index: int | None = None
    via: str | None = None
    outcome: str | None = None


class Opens(StrEnum):
    """What a new token asks of the world."""

    TASK = "task"  # a human task
    CALL = "call"  # a child case of the node's case type
    TIMER = "timer"  # an instant after which Fired comes
    MESSAGE = "message"  # a named fact after which Arrived comes
    JOIN = "join"  # nothing: a branch waits at a join for the others
    SCOPE = "scope"  # nothing: holds the tokens inside a subprocess or the instances of an activity


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token to be stored; ``id`` is negative, and ``parent`` may be the negative id of another new one.

    Parents come before their children. ``items`` are the item variables that are seen here (FEEL names).
    """

    id: int
    node: str
    opens: Opens
    parent: int | None = None
    item: Json = None
    index: int | None = None
    via: str | None = None
    outcome: str | None = None
    items: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Start:
    """The case begins; no token is open yet."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A human task was done, or a child case was decided, with this outcome."""

    token: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Fired:
    """The instant of a timer has come."""

    token: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """The fact that a message catch waits for has come."""

    token: int


@dataclass(frozen=True, slots=True)
class AddItem:
    """Ask one more (a reviewer, a department) while the activity runs; ``scope`` is its SCOPE token."""

    scope: int
    item: Json


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Ask one less; only who has not answered yet can be taken out."""

    scope: int
    item: Json


@dataclass(frozen=True, slots=True)
class JumpTo:
    """Return from an open task to an earlier step; what lies after that step is cancelled."""

    token: int
    node: str


Event: TypeAlias = "Start | Finished | Fired | Arrived | AddItem | RemoveItem | JumpTo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The opinions of one joint activity, counted: what FEEL sees as ``opinions.<node>``."""

    approve: int
    conditional: int
    refuse: int
    total: int
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where in the token tree a question is asked: the scope token, and the item variables seen from it."""

    scope: int | None
    items: Mapping[str, Json]


class Environment(Protocol):
    """What the token game asks of the case: its data, its decisions and its automatic acts."""

    def condition(self, feel: str, here: Here) -> bool:
        """Evaluate a condition; anything but true is false."""

    def value(self, feel: str, here: Here) -> Json:
        """Evaluate an expression (a collection, a weight)."""

    def record(self, node: Node, outcome: str, tally: Tally | None, here: Here) -> None:
        """Put ``outcome.<node>`` (and ``opinions.<node>``) into the context for what is asked next."""

    def decide(self, node: Node, here: Here) -> None:
        """Evaluate the DMN decision ``node.decision`` and put its outputs into the context."""

    def act(self, node: Node, here: Here) -> None:
        """Do the automatic act ``node.act``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An instance has answered and waits for the others: store the outcome on its token."""

    token: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A joint activity came to its result.

    ``token`` is its SCOPE token, which is among the ended; negative if it came and went within this act.
    """

    token: int
    node: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What must be stored: all of it, in one transaction.

    ``ended`` and ``cancelled`` name tokens that were open before; a cancelled token's task, child case or
    timer is withdrawn. ``finished`` says that no token is left; ``result`` is then the case's outcome: that
    of the end event, else the last outcome that led there.
    """

    ended: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()
    settled: tuple[Settled, ...] = ()
    opened: tuple[NewToken, ...] = ()
    joined: tuple[Joined, ...] = ()
    finished: bool = False
    result: str | None = None
