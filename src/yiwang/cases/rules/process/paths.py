"""Which node can follow which: the graph questions that joins, the soundness check and returns ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from yiwang.cases.rules.process.model import Process

Place = TypeVar("Place")


def closure(starts: Iterable[Place], following: Callable[[Place], Iterable[Place]]) -> frozenset[Place]:
    """Everything that can be reached from the starts, the starts among them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for node in following(waiting.pop()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return frozenset(found)


def following(process: Process, node_id: str) -> list[str]:
    """The nodes right after a node; a boundary event counts as after the activity that it sits on."""
    return [flow.target for flow in process.outgoing(node_id)] + [b.id for b in process.boundaries(node_id)]


@lru_cache(maxsize=256)
def reaches(process: Process, node_id: str, avoiding: str | None = None) -> frozenset[str]:
    """The nodes that can come after a node (itself included), not going on from ``avoiding``."""

    def on(at: str) -> list[str]:
        return [] if at == avoiding else following(process, at)

    return closure([node_id], on)


@lru_cache(maxsize=1024)
def entries_reached(process: Process, node_id: str, join: str) -> frozenset[str]:
    """The flows into a join that a token at a node may still come by, without passing the join before.

    For a token that waits at another join this is asked of that join; for one on a flow, of its target.
    """
    if node_id == join:
        return frozenset()
    within = reaches(process, node_id, join)
    return frozenset(
        flow.id for flow in process.incoming(join) if flow.source in within and flow.source != join
    )


def inclusive_ready(process: Process, join: str, waiting: frozenset[str], elsewhere: Iterable[str]) -> bool:
    """Whether an inclusive join goes on (BPMN 2.0.2, table 13.3).

    ``waiting`` are its incoming flows that hold a token, ``elsewhere`` the nodes at which the other tokens
    of the scope stand. It waits for a token that could still come by an empty flow, unless that token
    could also come by a flow that is already filled.
    """
    if not waiting:
        return False
    for node_id in elsewhere:
        entries = entries_reached(process, node_id, join)
        if entries - waiting and not entries & waiting:
            return False
    return True
