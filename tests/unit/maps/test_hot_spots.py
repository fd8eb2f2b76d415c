"""Gi* against its definition with a whole matrix of weights, and what must hold of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yiwang.maps.analysis.rules.hot_spots import SURE, gi_star

CELLS = some.tuples(some.integers(-6, 6), some.integers(-6, 6))
COUNTS = some.dictionaries(CELLS, some.integers(0, 500), min_size=2, max_size=60)


def by_definition(counts):
    """Ord and Getis 1995, equation 6, with every weight written out."""
    cells, many = list(counts), len(counts)
    mean = sum(counts.values()) / many
    spread = math.sqrt(sum(v * v for v in counts.values()) / many - mean**2) if many else 0
    found = {}
    for one in cells:
        weights = [1 if max(abs(one[0] - o[0]), abs(one[1] - o[1])) <= 1 else 0 for o in cells]
        above = sum(w * counts[o] for w, o in zip(weights, cells, strict=True)) - mean * sum(weights)
        inner = (many * sum(w * w for w in weights) - sum(weights) ** 2) / (many - 1)
        below = spread * math.sqrt(max(inner, 0))
        found[one] = above / below if below > 1e-9 else 0.0
    return found


@given(COUNTS)
def test_scores_are_those_of_the_definition(counts):
    scores, wanted = gi_star(counts), by_definition(counts)
    if len(set(counts.values())) == 1:
        wanted = dict.fromkeys(counts, 0.0)
    assert scores == pytest.approx(wanted, abs=1e-6)


@given(COUNTS, some.integers(1, 9), some.integers(0, 50))
def test_scores_do_not_hang_on_the_unit_or_on_what_is_everywhere(counts, times, more):
    changed = {cell: times * value + more for cell, value in counts.items()}
    assert gi_star(changed) == pytest.approx(gi_star(counts), abs=1e-4)


@given(some.dictionaries(CELLS, some.just(7), max_size=40))
def test_where_all_is_alike_nothing_is_hot(counts):
    assert set(gi_star(counts).values()) <= {0.0}


def test_a_heap_in_an_empty_field_is_surely_hot_and_the_far_corner_is_not():
    counts = {(column, row): 0 for column in range(12) for row in range(12)}
    counts |= {(column, row): 40 for column in (5, 6, 7) for row in (5, 6, 7)}
    scores = gi_star(counts)
    assert max(scores, key=lambda cell: scores[cell]) == (6, 6)
    assert scores[6, 6] > SURE
    assert scores[0, 0] < 0
