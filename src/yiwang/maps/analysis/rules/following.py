"""The shortest way along pieces that meet at their ends: pure."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from yiwang.maps.analysis.rules.walking import Edge, Node, Stretch

#: A place on an edge: its number, and how far along it, 0 to 1.
On = tuple[int, float]


def follow(edges: Sequence[Edge], begin: On, end: On) -> list[Stretch] | None:
    """Stretches from one place to another in order; ``begin`` is greater than ``end`` where an edge is
    followed against its direction. None where the two aren't connected.
    """
    first, last = edges[begin[0]], edges[end[0]]
    direct = abs(begin[1] - end[1]) * first.metres if begin[0] == end[0] else None
    starts = {first.begin: begin[1] * first.metres}
    starts[first.end] = min((1 - begin[1]) * first.metres, starts.get(first.end, float("inf")))
    reached, came = _reached(edges, starts)
    arrivals = [
        (reached[node] + rest, place, node)
        for place, (node, rest) in enumerate(
            ((last.begin, end[1] * last.metres), (last.end, (1 - end[1]) * last.metres))
        )
        if node in reached
    ]
    if direct is not None and (not arrivals or direct <= min(arrivals)[0]):
        return [Stretch(begin[0], begin[1], end[1])]
    if not arrivals:
        return None
    _, place, node = min(arrivals)
    found = [Stretch(end[0], float(place), end[1])]
    while node in came:
        edge, before = came[node]
        found.append(Stretch(edge, 0.0, 1.0) if edges[edge].begin == before else Stretch(edge, 1.0, 0.0))
        node = before
    by_begin = node == first.begin and (
        first.begin != first.end or begin[1] * first.metres <= (1 - begin[1]) * first.metres
    )
    found.append(Stretch(begin[0], begin[1], 0.0 if by_begin else 1.0))
    return [stretch for stretch in reversed(found) if stretch.begin != stretch.end]


def _reached(
    edges: Sequence[Edge], starts: Mapping[Node, float]
) -> tuple[dict[Node, float], dict[Node, tuple[int, Node]]]:
    """Metres to each node, and by which edge from which node one came to it; Dijkstra's search."""
    beside: dict[Node, list[tuple[int, Node, float]]] = {}
    for number, edge in enumerate(edges):
        beside.setdefault(edge.begin, []).append((number, edge.end, edge.metres))
        beside.setdefault(edge.end, []).append((number, edge.begin, edge.metres))
    found: dict[Node, float] = {}
    came: dict[Node, tuple[int, Node]] = {}
    queue: list[tuple[float, Node, tuple[int, Node] | None]] = [
        (away, node, None) for node, away in starts.items()
    ]
    heapq.heapify(queue)
    while queue:
        away, node, by = heapq.heappop(queue)
        if node in found:
            continue
        found[node] = away
        if by is not None:
            came[node] = by
        for number, other, metres in beside.get(node, ()):
            if other not in found:
                heapq.heappush(queue, (away + metres, other, (number, node)))
    return found, came
