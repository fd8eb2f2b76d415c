"""Walking along a network: the ways are the shortest, and nothing beyond the metres is reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yiwang.maps.analysis.rules.walking import Edge, Stretch, reached, reached_nodes

NODES = some.tuples(some.integers(0, 4).map(float), some.integers(0, 4).map(float))
EDGES = some.lists(some.builds(Edge, NODES, NODES, some.integers(1, 90).map(float)), min_size=1, max_size=30)


def naive(edges, start, most):
    """Bellman and Ford: relax every edge as often as there are nodes."""
    away = {start: 0.0}
    for _ in range(26):
        for edge in edges:
            for here, there in ((edge.begin, edge.end), (edge.end, edge.begin)):
                if here in away and away[here] + edge.metres < away.get(there, float("inf")):
                    away[there] = away[here] + edge.metres
    return {node: metres for node, metres in away.items() if metres <= most}


@given(EDGES, some.integers(0, 200))
def test_ways_are_the_shortest(edges, most):
    start = edges[0].begin
    assert reached_nodes(edges, {start: 0.0}, most) == pytest.approx(naive(edges, start, most))


@given(EDGES, some.floats(0, 1), some.integers(1, 200))
def test_shares_lie_on_their_edge_and_more_metres_reach_no_less(edges, share, most):
    little, much = reached(edges, 0, share, most), reached(edges, 0, share, most + 50)
    assert all(0 <= each.begin <= each.end <= 1 for each in little)
    assert {each.edge for each in little} <= {each.edge for each in much}


def test_a_cross_of_roads_is_walked_into_each_arm():
    middle = (0.0, 0.0)
    arms = [Edge(middle, end, 100) for end in ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))]
    found = reached(arms, 0, 0.2, 50)
    assert found == [
        Stretch(0, 0, 0.7), Stretch(0, 0, 0.3), Stretch(1, 0, 0.3), Stretch(2, 0, 0.3),
    ]  # fmt: skip
