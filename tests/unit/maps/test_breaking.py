"""Breaks of classes, against an oracle that tries every division."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.maps.making.rules.breaking import breaks_of, natural
from yiwang.maps.making.rules.palettes import RAMPS, apart, ramp


def _cost(values: list[float]) -> float:
    middle = sum(values) / len(values)
    return sum((value - middle) ** 2 for value in values)


@given(st.lists(st.integers(0, 50), min_size=3, max_size=9), st.integers(2, 4))
def test_natural_breaks_are_the_best_of_all_divisions(numbers: list[int], classes: int) -> None:
    values = sorted(float(number) for number in numbers)
    classes = min(classes, len(values))
    best = min(
        sum(_cost(values[a:b]) for a, b in zip((0, *at), (*at, len(values)), strict=True))
        for at in combinations(range(1, len(values)), classes - 1)
    )
    found = natural(values, classes)
    places, begin = [0], 0
    for value in found:
        begin = values.index(value, begin)
        places.append(begin)
    assert len(found) == classes - 1
    assert found == sorted(found)
    if len(set(values)) == len(values):
        parts = [values[a:b] for a, b in zip(places, [*places[1:], len(values)], strict=True)]
        assert abs(sum(_cost(part) for part in parts) - best) < 1e-6


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40),
    st.integers(1, 12),
    st.sampled_from(["equal", "quantile", "natural"]),
)
def test_breaks_rise_within_the_values_and_are_never_too_many(values, classes, method) -> None:
    found = breaks_of(values, classes, method)
    assert list(found) == sorted(set(found))
    assert all(min(values) < each <= max(values) for each in found)
    assert len(found) <= 9


def test_breaks_of_an_even_row() -> None:
    row = [float(number) for number in range(0, 101)]
    assert breaks_of(row, 4, "equal") == (25.0, 50.0, 75.0)
    assert breaks_of(row, 5, "quantile") == (20.0, 40.0, 60.0, 80.0)
    assert breaks_of([7.0, 7.0], 5, "equal") == breaks_of([], 3, "natural") == ()
    assert breaks_of([1.0, 2.0, 3.0, 90.0, 95.0, 99.0], 2, "natural") == (90.0,)


def test_colours_run_from_end_to_end() -> None:
    for name, found in RAMPS.items():
        assert (ramp(name, 5)[0], ramp(name, 5)[2], ramp(name, 5)[4]) == (found.low, found.middle, found.high)
    assert len(set(apart(12))) == 12
