"""Outlines raised to bodies: closed, turned outwards, and as large as their ground times their height."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.maps.solids.contracts import Outline, Solid
from yiwang.maps.solids.rules.extruding import extrude, twice_area

SQUARE = ((0, 0), (10_000, 0), (10_000, 8_000), (0, 8_000))
COURT = ((2_000, 2_000), (5_000, 2_000), (5_000, 5_000), (2_000, 5_000))


def leaks(body: Solid) -> dict[tuple[int, int], int]:
    """Edges that are not gone along as often in one direction as in the other."""
    gone = Counter(
        (start, end)
        for face in body.faces
        for ring in face
        for start, end in zip(ring, (*ring[1:], ring[0]), strict=True)
    )
    return {edge: many for edge, many in gone.items() if gone[edge[1], edge[0]] != many}


def volume(body: Solid) -> Fraction:
    """By the divergence theorem over fans of triangles: below zero where normals point inwards."""
    total = 0
    for face in body.faces:
        for ring in face:
            x0, y0, z0 = body.vertices[ring[0]]
            for second, third in pairwise(ring[1:]):
                x1, y1, z1 = body.vertices[second]
                x2, y2, z2 = body.vertices[third]
                total += x0 * (y1 * z2 - y2 * z1) - y0 * (x1 * z2 - x2 * z1) + z0 * (x1 * y2 - x2 * y1)
    return Fraction(total, 6)


@pytest.mark.parametrize("outer", [SQUARE, SQUARE[::-1]])
@pytest.mark.parametrize("court", [COURT, COURT[::-1]])
def test_a_court_stays_open_however_the_rings_turn(outer, court) -> None:
    body = extrude(Outline(outer, (court,)), 0, 9_000)
    assert leaks(body) == {}
    assert volume(body) == (80_000_000 - 9_000_000) * 9_000
    assert (len(body.vertices), len(body.faces)) == (16, 10)
    floor, roof = body.faces[:2]
    assert {body.vertices[each][2] for ring in floor for each in ring} == {0}
    assert {body.vertices[each][2] for ring in roof for each in ring} == {9_000}


def test_courts_that_touch_the_border_leak_nothing() -> None:
    touching = ((0, 0), (3_000, 1_000), (1_000, 3_000))
    body = extrude(Outline(SQUARE, (touching,)), -3_000, 3_000)
    assert leaks(body) == {}
    assert volume(body) == (80_000_000 - 4_000_000) * 6_000


@pytest.mark.parametrize(("low", "high"), [(0, 0), (3, 2)])
def test_nothing_has_no_body(low, high) -> None:
    with pytest.raises(ValueError, match="no body"):
        extrude(Outline(SQUARE), low, high)


def test_a_ring_without_area_has_no_body() -> None:
    with pytest.raises(ValueError, match="without area"):
        extrude(Outline(((0, 0), (5, 0), (9, 0))), 0, 1)


@given(
    steps=st.lists(st.tuples(st.integers(1, 900), st.integers(1, 900)), min_size=1, max_size=12),
    height=st.integers(1, 300_000),
    backwards=st.booleans(),
)
def test_any_skyline_is_closed_and_as_large_as_its_ground(steps, height, backwards) -> None:
    corners, east = [(0, 0)], 0
    for wide, deep in steps:
        corners += [(east, deep), (east + wide, deep)]
        east += wide
    ring = tuple(dict.fromkeys([*corners, (east, 0)]))
    ring = ring[::-1] if backwards else ring
    body = extrude(Outline(ring), 0, height)
    assert leaks(body) == {}
    assert volume(body) == sum(wide * deep for wide, deep in steps) * height
    assert abs(twice_area(ring)) == 2 * sum(wide * deep for wide, deep in steps)
