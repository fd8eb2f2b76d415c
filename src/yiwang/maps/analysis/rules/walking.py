"""How far one gets on foot along a network within some metres: Dijkstra over its pieces."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Node = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Edge:
    """A piece between two nodes; both ways are walked."""

    begin: Node
    end: Node
    metres: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an edge that is reached, as shares of it from its beginning."""

    edge: int
    begin: float
    end: float


def reached_nodes(edges: Sequence[Edge], starts: Mapping[Node, float], most: float) -> dict[Node, float]:
    """Nodes within ``most`` metres with the way to each; ``starts`` are so many metres away already."""
    beside: dict[Node, list[tuple[Node, float]]] = {}
    for edge in edges:
        beside.setdefault(edge.begin, []).append((edge.end, edge.metres))
        beside.setdefault(edge.end, []).append((edge.begin, edge.metres))
    found: dict[Node, float] = {}
    queue = [(away, node) for node, away in starts.items() if away <= most]
    heapq.heapify(queue)
    while queue:
        away, node = heapq.heappop(queue)
        if node in found:
            continue
        found[node] = away
        for other, metres in beside.get(node, ()):
            if other not in found and away + metres <= most:
                heapq.heappush(queue, (away + metres, other))
    return found


def reached(edges: Sequence[Edge], edge: int, share: float, most: float) -> list[Stretch]:
    """What is reached from a place at a share of one edge.

    Of an edge whose ends are both reached the two parts may leave a gap between them, or meet.
    """
    own = edges[edge]
    if own.metres <= 0:
        return []
    ahead, behind = own.metres * (1 - share), own.metres * share
    starts = {own.begin: behind}
    starts[own.end] = min(ahead, starts.get(own.end, ahead))
    nodes = reached_nodes(edges, starts, most)
    found = [Stretch(edge, max(share - most / own.metres, 0), min(share + most / own.metres, 1))]
    for place, each in enumerate(edges):
        if each.metres <= 0:
            continue
        if each.begin in nodes and (far := min((most - nodes[each.begin]) / each.metres, 1)) > 0:
            found.append(Stretch(place, 0, far))
        if each.end in nodes and (far := min((most - nodes[each.end]) / each.metres, 1)) > 0:
            found.append(Stretch(place, 1 - far, 1))
    return found
