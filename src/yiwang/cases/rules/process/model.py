"""What a process is once it has been read: nodes, flows, and the rule by which many opinions become one.

A process is a value: frozen, comparable, hashable. ``stored.py`` gives it to and takes it from JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from yiwang.kernel.text import Text

Key = TypeVar("Key")
Value = TypeVar("Value")
NO_NAME = Text("", "")


class NodeKind(StrEnum):
    """The elements of BPMN 2.0 that the engine plays; anything else is refused on reading."""

    START = "start"
    END = "end"
    TERMINATE_END = "terminate_end"
    USER_TASK = "user_task"
    DECISION_TASK = "decision_task"
    SERVICE_TASK = "service_task"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    INCLUSIVE = "inclusive"
    TIMER_CATCH = "timer_catch"
    MESSAGE_CATCH = "message_catch"
    BOUNDARY_TIMER = "boundary_timer"
    BOUNDARY_MESSAGE = "boundary_message"
    CALL = "call"
    SUBPROCESS = "subprocess"


GATEWAYS = frozenset({NodeKind.EXCLUSIVE, NodeKind.PARALLEL, NodeKind.INCLUSIVE})
BOUNDARIES = frozenset({NodeKind.BOUNDARY_TIMER, NodeKind.BOUNDARY_MESSAGE})
ENDS = frozenset({NodeKind.END, NodeKind.TERMINATE_END})
# What may run once for each item of a collection, and what a boundary event may sit on.
ACTIVITIES = frozenset({NodeKind.USER_TASK, NodeKind.CALL, NodeKind.SUBPROCESS})
TIMERS = frozenset({NodeKind.TIMER_CATCH, NodeKind.BOUNDARY_TIMER})
MESSAGES = frozenset({NodeKind.MESSAGE_CATCH, NodeKind.BOUNDARY_MESSAGE})
# Where a token rests until somebody or something outside acts; a boundary event may sit on these.
RESTS = ACTIVITIES | {NodeKind.TIMER_CATCH, NodeKind.MESSAGE_CATCH}
HOSTS = ACTIVITIES | {NodeKind.MESSAGE_CATCH}


class JoinKind(StrEnum):
    """How the opinions of many become one result."""

    ALL = "all"
    ANY = "any"
    QUORUM = "quorum"
    WEIGHTED = "weighted"
    VETO = "veto"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRule:
    """The declared rule of a joint opinion; ``join.joined`` applies it.

    ``quorum`` is a number of approvals (``int``; for ``weighted`` a sum of weights) or a share of all who
    were asked (``Decimal`` in (0, 1]). ``weights`` is FEEL, evaluated once for each item.
    """

    kind: JoinKind = JoinKind.ALL
    quorum: int | Decimal | None = None
    weights: str | None = None
    veto_outcome: str = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """An activity that is done once for each item of a collection (FEEL), side by side."""

    collection: str
    item: str = "item"
    rule: JoinRule = JoinRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step.

    A user task that ``routes`` names the organisation which has the case from then on; what is noted at one
    that ``replies`` is what the applicant gets.
    ``organisation`` is FEEL (None: the body responsible for the case); ``duration`` is ISO 8601 or FEEL.
    ``outcomes`` of a user task or call are the answers it may end with; of an end event the one result
    that reaching it gives to the case (or to the instance of a subprocess).
    ``form`` is what the officer answers with a user task; its answers are read as ``findings``. ``stops`` is
    the ground on which the limits of the case stand still while a token rests here.
    """

    id: str
    kind: NodeKind
    name: Text = NO_NAME
    role: str | None = None
    organisation: str | None = None
    outcomes: tuple[str, ...] = ()
    clock: str | None = None
    routes: bool = False
    replies: bool = False
    many: Many | None = None
    decision: str | None = None
    act: str | None = None
    case_type: str | None = None
    duration: str | None = None
    message: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    scope: str | None = None
    default: str | None = None
    form: str | None = None
    stops: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """An arrow from one node to another; ``condition`` is FEEL."""

    id: str
    source: str
    target: str
    condition: str | None = None
    name: Text = NO_NAME


@dataclass(frozen=True, kw_only=True)
class Process:
    """A whole process. ``clock`` is the clock under which tasks run that name none of their own."""

    key: str
    name: Text = NO_NAME
    clock: str | None = None
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()

    def __hash__(self) -> int:
        # Facts about a process are cached by it; hashing some hundred values each time took longer than they.
        return self._hash

    def node(self, node_id: str) -> Node:
        """Give a node or raise KeyError."""
        return self._by_id[node_id]

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._by_id

    def flow(self, flow_id: str) -> Flow:
        """Give a flow or raise KeyError."""
        return self._flow_by_id[flow_id]

    def outgoing(self, node_id: str) -> tuple[Flow, ...]:
        """The flows that leave a node, in drawing order."""
        return self._leaving.get(node_id, ())

    def incoming(self, node_id: str) -> tuple[Flow, ...]:
        """The flows that enter a node, in drawing order."""
        return self._entering.get(node_id, ())

    def inside(self, scope: str | None) -> Iterator[Node]:
        """The nodes directly in a subprocess, or at the top with None."""
        return iter(self._by_scope.get(scope, ()))

    def start(self, scope: str | None = None) -> Node:
        """The one start event of a scope."""
        return next(node for node in self.inside(scope) if node.kind is NodeKind.START)

    def boundaries(self, host: str) -> tuple[Node, ...]:
        """The boundary events that sit on an activity."""
        return self._attached.get(host, ())

    def clock_of(self, node_id: str) -> str | None:
        """The clock that runs for a node: its own, else that of the nearest enclosing scope."""
        at: str | None = node_id
        while at is not None:
            node = self.node(at)
            if node.clock is not None:
                return node.clock
            at = node.scope
        return self.clock

    @cached_property
    def stops(self) -> frozenset[str]:
        """The grounds on which its steps stop the limits of the case."""
        return frozenset(node.stops for node in self.nodes if node.stops is not None)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms that its tasks ask, each once, in drawing order."""
        return tuple(dict.fromkeys(node.form for node in self.nodes if node.form is not None))

    @cached_property
    def _hash(self) -> int:
        return hash((self.key, self.nodes, self.flows))

    @cached_property
    def _by_scope(self) -> dict[str | None, tuple[Node, ...]]:
        return _grouped((node.scope, node) for node in self.nodes)

    @cached_property
    def _attached(self) -> dict[str | None, tuple[Node, ...]]:
        return _grouped((node.attached_to, node) for node in self.nodes)

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _flow_by_id(self) -> dict[str, Flow]:
        return {flow.id: flow for flow in self.flows}

    @cached_property
    def _leaving(self) -> dict[str, tuple[Flow, ...]]:
        return _grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def _entering(self) -> dict[str, tuple[Flow, ...]]:
        return _grouped((flow.target, flow) for flow in self.flows)


def _grouped(pairs: Iterator[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
