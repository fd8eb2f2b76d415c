"""All states in which one scope of a process can be: its workflow net, explored up to a bound.

A marking is the set of places that hold a token: ``on:<flow>`` (a token on its way, or waiting at a join),
``at:<node>`` (work is going on there), ``armed:<boundary>`` (a boundary event that does not interrupt has
not happened yet). Conditions are left open, so every way that data could choose is explored; an embedded
subprocess is one place here and a net of its own. In a proper process no place ever holds two tokens: a
step that would put a second one there is noted and not followed.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from yiwang.cases.rules.process.model import RESTS, Flow, Node, NodeKind, Process
from yiwang.cases.rules.process.paths import inclusive_ready

Marking: TypeAlias = frozenset[str]
# Fourteen parallel branches of one step each have 16,384; exploring 20,000 takes about five seconds.
MOST_MARKINGS = 20_000
# 2 ** 8 ways out of one inclusive gateway; more cannot be drawn so that anybody reads them.
MOST_WAYS = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a marking: the node that acted and what is marked after it."""

    node: str
    after: Marking


@dataclass(slots=True)
class Space:
    """What exploration found. ``steps`` holds each reached marking; ``crowded`` the places that got a second
    token, with the node that put it there; ``whole`` is false if the bound was reached."""

    steps: dict[Marking, tuple[Step, ...]] = field(default_factory=dict)
    crowded: dict[str, str] = field(default_factory=dict)
    whole: bool = True


def at(node_id: str) -> str:
    """The place where work is going on at a node."""
    return f"at:{node_id}"


def on(flow_id: str) -> str:
    """The place of a token on a flow."""
    return f"on:{flow_id}"


def armed(boundary_id: str) -> str:
    """The place of a boundary event that may still happen without interrupting."""
    return f"armed:{boundary_id}"


class _Crowded(Exception):
    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class _Net:
    def __init__(self, process: Process) -> None:
        self.process = process

    def put(self, marking: Marking, flows: Iterable[Flow]) -> Marking:
        """Add a token to each flow; one that leads to a resting node is at once at work there."""
        places = set(marking)
        for flow in flows:
            for place in self._places_of(flow):
                if place in places:
                    raise _Crowded(place)
                places.add(place)
        return frozenset(places)

    def _places_of(self, flow: Flow) -> list[str]:
        target = self.process.node(flow.target)
        return places_at(self.process, target) if target.kind in RESTS else [on(flow.id)]

    def firings(self, marking: Marking) -> Iterator[tuple[str, Marking, tuple[Flow, ...]]]:
        """Every step from a marking: the acting node, what stays, and the flows that get a token."""
        for place in sorted(marking):
            kind, _, key = place.partition(":")
            if kind == "at":
                yield from self._leave(key, marking)
            elif kind == "armed":
                yield key, marking - {place}, self.process.outgoing(key)
            else:
                yield from self._move(self.process.flow(key), marking)

    def _leave(self, node_id: str, marking: Marking) -> Iterator[tuple[str, Marking, tuple[Flow, ...]]]:
        rest = marking - set(places_at(self.process, self.process.node(node_id)))
        yield node_id, rest, self.process.outgoing(node_id)
        for boundary in self.process.boundaries(node_id):
            if boundary.interrupting:
                yield boundary.id, rest, self.process.outgoing(boundary.id)

    def _move(self, flow: Flow, marking: Marking) -> Iterator[tuple[str, Marking, tuple[Flow, ...]]]:
        node = self.process.node(flow.target)
        out = self.process.outgoing(node.id)
        rest = marking - {on(flow.id)}
        match node.kind:
            case NodeKind.END:
                yield node.id, rest, ()
            case NodeKind.TERMINATE_END:
                yield node.id, frozenset(), ()
            case NodeKind.EXCLUSIVE:
                for way in out:
                    yield node.id, rest, (way,)
            case NodeKind.PARALLEL:
                taken = {on(each.id) for each in self.process.incoming(node.id)}
                # Of the flows into a join only the first speaks, so that the step is found once.
                if taken <= marking and on(flow.id) == min(taken):
                    yield node.id, marking - taken, out
            case NodeKind.INCLUSIVE:
                yield from self._inclusive(node, flow, marking)
            case _:
                yield node.id, rest, out

    def _inclusive(
        self, node: Node, flow: Flow, marking: Marking
    ) -> Iterator[tuple[str, Marking, tuple[Flow, ...]]]:
        into = self.process.incoming(node.id)
        filled = frozenset(each.id for each in into if on(each.id) in marking)
        if flow.id != min(filled):
            return
        if len(into) > 1 and not inclusive_ready(
            self.process, node.id, filled, self._elsewhere(node, marking)
        ):
            return
        rest = marking - {on(each) for each in filled}
        out = self.process.outgoing(node.id)[:MOST_WAYS]
        for count in range(1, len(out) + 1):
            for ways in itertools.combinations(out, count):
                yield node.id, rest, ways

    def _elsewhere(self, join: Node, marking: Marking) -> list[str]:
        places = (place.partition(":") for place in marking)
        nodes = [
            self.process.flow(key).target if kind == "on" else key
            for kind, _, key in places
            if kind != "armed"
        ]
        return [node for node in nodes if node != join.id]


def places_at(process: Process, node: Node) -> list[str]:
    """The places that hold a token while work is going on at a node."""
    return [at(node.id), *(armed(each.id) for each in process.boundaries(node.id) if not each.interrupting)]


@lru_cache(maxsize=128)
def explored(process: Process, scope: str | None = None, most: int = MOST_MARKINGS) -> Space:
    """Explore one scope breadth first from its start event; stops at ``most`` markings."""
    net = _Net(process)
    space = Space()
    start = process.start(scope)
    first = net.put(frozenset(), process.outgoing(start.id))
    waiting = deque([first])
    known = {first}
    while waiting:
        marking = waiting.popleft()
        steps = []
        for node_id, rest, flows in net.firings(marking):
            try:
                after = net.put(rest, flows)
            except _Crowded as crowded:
                space.crowded.setdefault(crowded.place, node_id)
                continue
            steps.append(Step(node_id, after))
            if after not in known:
                if len(known) >= most:
                    space.whole = False
                    continue
                known.add(after)
                waiting.append(after)
        space.steps[marking] = tuple(steps)
    return space
