"""GCJ-02 and BD-09: known places, and there and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.registers.rules.shifted import from_bd09, from_gcj02, is_displaced, to_bd09, to_gcj02

PLACES = st.tuples(st.floats(73.6, 135.0), st.floats(18.2, 53.5))


@pytest.mark.parametrize(
    ("place", "moved"),
    [  # as other implementations of the published formulas give them
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_d48_known_places_move_as_published(place, moved):
    assert to_gcj02(*place) == pytest.approx(moved, abs=1e-12)


def test_d48_nothing_moves_beyond_the_mainland():
    assert (is_displaced(113.26, 23.13), is_displaced(139.7, 35.7)) == (True, False)
    assert to_gcj02(139.7, 35.7) == from_gcj02(139.7, 35.7) == (139.7, 35.7)


@pytest.mark.parametrize(("there", "back"), [(to_gcj02, from_gcj02), (to_bd09, from_bd09)])
@given(place=PLACES)
def test_d48_there_and_back_is_within_a_millimetre(there, back, place):
    moved = there(*place)

    assert 1e-4 < abs(moved[0] - place[0]) + abs(moved[1] - place[1]) < 0.04
    assert back(*moved) == pytest.approx(place, abs=1e-8)
    assert there(*back(*place)) == pytest.approx(place, abs=1e-8)
