"""Faces that share edges as one area, exactly."""

from __future__ import annotations

import pytest

from yiwang.registers.loading.converting.footprints import dissolve, twice_area
from yiwang.registers.loading.converting.surfaces import Misbuilt


def face(*rings: list[tuple[int, int]]) -> list[list[tuple[int, int, int]]]:
    return [[(x, y, 0) for x, y in ring] for ring in rings]


def box(x: int, y: int, side: int) -> list[tuple[int, int]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def turned(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """From its smallest corner."""
    at = ring.index(min(ring))
    return ring[at:] + ring[:at]


def areas(faces: list[list[list[tuple[int, int, int]]]]) -> list[list[list[tuple[int, int]]]]:
    return sorted([turned(ring) for ring in area] for area in dissolve(faces))


def test_triangles_of_a_square_are_a_square_whichever_way_they_turn() -> None:
    below = face([(0, 0), (4, 0), (4, 4)])
    above = face([(0, 0), (4, 4), (0, 4)])
    assert areas([below, above]) == areas([below[:], [above[0][::-1]]]) == [[box(0, 0, 4)]]


def test_what_touches_in_a_corner_stays_two_areas() -> None:
    assert areas([face(box(0, 0, 2)), face(box(2, 2, 2))]) == [[box(0, 0, 2)], [box(2, 2, 2)]]


def test_a_court_stays_open_also_where_it_touches_the_outline() -> None:
    court = [(2, 2), (2, 4), (4, 4), (4, 2)]
    assert areas([face(box(0, 0, 6), court)]) == [[box(0, 0, 6), court]]
    # eight squares around an empty one, and a court that touches the outline in one corner
    around = [face(box(x, y, 1)) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    (whole,) = dissolve(around)
    assert [twice_area(ring) for ring in whole] == [18, -2]
    notched = [(0, 0), (3, 0), (6, 0), (6, 6), (0, 6)]
    (whole,) = dissolve([face(notched, [(3, 0), (2, 2), (3, 4), (4, 2)])])
    assert [twice_area(ring) for ring in whole] == [72, -8]


def test_what_lies_in_a_court_is_an_area_of_its_own() -> None:
    found = areas([face(box(0, 0, 9), box(2, 2, 5)), face(box(3, 3, 2))])
    assert [[abs(twice_area(ring)) for ring in area] for area in found] == [[162, 50], [8]]


@pytest.mark.parametrize("faces", [[], [face([(0, 0), (1, 1), (2, 2)])]])
def test_what_has_no_area_is_refused(faces) -> None:
    with pytest.raises(Misbuilt) as refused:
        dissolve(faces)
    assert "no area" in refused.value.reason.en


def test_a_star_of_too_many_faces_is_refused() -> None:
    rays = [face([(0, 0), (1000, 3 * n), (1000, 3 * n + 1)]) for n in range(70)]
    with pytest.raises(Misbuilt) as refused:
        dissolve(rays)
    assert "tangled" in refused.value.reason.en
