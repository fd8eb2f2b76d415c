"""Where a line of sight goes under the ground, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from yiwang.maps.solids.contracts import Building, Outline
from yiwang.maps.solids.rules.sight import Ground, goes_under, hidden_by


@pytest.mark.parametrize(
    ("along", "ends", "share"),
    [
        ((0, 0), (0, 0), None),
        ((0, 100, 0), (100, 100), None),  # touches the top
        ((0, 200, 0), (100, 100), Fraction(1, 4)),
        ((0, 100, 100, 0), (60, 60), Fraction(1, 5)),
        ((50, 0, 0), (50, 0), None),
        ((0, 30), (0, 20), Fraction(0)),  # the eye lies on a slope that rises faster
        ((0, 0, 300, 0), (100, 100), Fraction(4, 9)),
    ],
)
def test_a_line_goes_under_where_the_ground_first_is_higher(along, ends, share) -> None:
    assert goes_under(*ends, Ground(along=along)) == share


def test_what_comes_first_hides_and_heights_are_above_the_ground_there() -> None:
    square = Outline(((4000, -1000), (6000, -1000), (6000, 1000), (4000, 1000)))
    house = Building(entry=7, outlines=(square,), height=2000, values={}, places={})
    flat = Building(entry=8, outlines=(square,), height=0, values={}, places={})
    eye, far = (0, 0, 11_500), (10_000, 0, 11_500)
    even = Ground(along=(10_000, 10_000), below={7: 10_000, 8: 10_000})
    found = hidden_by(eye, far, [house, flat], even)
    assert found is not None
    assert (found.entry, found.at) == (7, (4.0, 0.0, 1.5))
    assert hidden_by(eye, far, [flat], even) is None
    # a rise before the house
    found = hidden_by(eye, far, [house], Ground(along=(10_000, 13_000, 10_000), below={7: 10_000}))
    assert found is not None
    assert (found.entry, found.at) == (None, (2.5, 0.0, 0.0))
