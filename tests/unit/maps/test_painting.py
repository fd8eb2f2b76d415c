"""Pictures of the city: what lies nearer hides what lies behind, tried pixel by pixel with rays."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.maps.solids.contracts import TooManyCorners
from yiwang.maps.solids.rules import painting
from yiwang.maps.solids.rules.camera import NEAREST, Camera, Point
from yiwang.maps.solids.rules.painting import Flat, Roof, Wall, painted

_WIDE, _HIGH = 23, 17
#: West, south, east, north, height; about the eye, none over it.
House = tuple[float, float, float, float, float]


def _walls(house: House, body: int) -> list[Wall]:
    west, south, east, north, height = house
    ring = ((west, south), (east, south), (east, north), (west, north))
    return [Wall(a, b, height, body) for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)]


def _roof(house: House, body: int) -> Roof:
    west, south, east, north, height = house
    return Roof(((west, south), (east, south), (east, north), (west, north)), height, body)


def _corners(face: Wall | Roof) -> list[Point]:
    if isinstance(face, Roof):
        return [(*each, face.height) for each in face.corners]
    start, end, height = face.start, face.end, face.height
    return [(*start, 0.0), (*end, 0.0), (*end, height), (*start, height)]


def _is_in(point: Flat, ring: list[Flat]) -> bool:
    found = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > point[1]) != (y2 > point[1]):
            found ^= point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1
    return found


def _painted(houses: list[House], camera: Camera) -> dict[tuple[int, int], tuple[int, bool]]:
    """Which house each pixel shows, and whether its roof."""
    walls = [wall for body, house in enumerate(houses) for wall in _walls(house, body)]
    roofs = [_roof(house, body) for body, house in enumerate(houses)]
    shown: dict[tuple[int, int], tuple[int, bool]] = {}
    for face in painted(walls, roofs, camera.height):
        ring = camera.seen(_corners(face))
        for x in range(_WIDE):
            for y in range(_HIGH):
                if len(ring) > 2 and _is_in((x + 0.5, y + 0.5), ring):
                    shown[x, y] = face.body, isinstance(face, Roof)
    return shown


def _met(houses: list[House], camera: Camera, x: int, y: int) -> list[tuple[float, int, bool]]:
    """What a ray through a pixel meets, nearest first, by metres ahead; nothing beyond the ground."""
    far = _WIDE / 2 / math.tan(math.radians(camera.angle / 2))
    right, up = (x + 0.5 - _WIDE / 2) / far, (_HIGH / 2 - y - 0.5) / far
    turned, raised = math.radians(camera.bearing), math.radians(camera.up)
    level = math.cos(raised) - up * math.sin(raised)
    ray = (
        right * math.cos(turned) + level * math.sin(turned),
        level * math.cos(turned) - right * math.sin(turned),
        up * math.cos(raised) + math.sin(raised),
    )
    found = []
    for body, (west, south, east, north, height) in enumerate(houses):
        planes = [(0, west), (0, east), (1, south), (1, north), (2, height)]
        for axis, where in planes:
            origin = camera.height if axis == 2 else 0.0
            ahead = (where - origin) / ray[axis] if ray[axis] else -1.0
            if ahead < NEAREST:
                continue
            at = (ray[0] * ahead, ray[1] * ahead, camera.height + ray[2] * ahead)
            within = (west <= at[0] <= east or axis == 0) and (south <= at[1] <= north or axis == 1)
            if within and (axis == 2 or 0 <= at[2] <= height):
                found.append((ahead, body, axis == 2))
    return sorted(found)


_sizes = st.integers(2, 9)
_cells = st.lists(
    st.tuples(st.integers(-4, 4), st.integers(-4, 4), _sizes, _sizes, st.integers(3, 40)),
    max_size=9,
    unique_by=lambda cell: cell[:2],
)


@settings(max_examples=60)
@given(
    cells=_cells,
    height=st.sampled_from([1.7, 12.3, 33.3, 77.7]),
    bearing=st.integers(0, 359),
    up=st.sampled_from([-50.3, -20.3, 0.3, 17.3]),
)
def test_d49_what_is_painted_last_is_what_a_ray_meets_first(
    cells: list[tuple[int, int, int, int, int]], height: float, bearing: int, up: float
) -> None:
    # each house in a square of its own, so that none stands in another, and none on the eye's
    houses = [
        (x * 10 + 0.31, y * 10 + 0.17, x * 10 + wide + 0.31, y * 10 + deep + 0.17, float(tall))
        for x, y, wide, deep, tall in cells
        if (x, y) != (0, 0)
    ]
    camera = Camera(height, bearing + 0.123, up, _WIDE, _HIGH)
    shown = _painted(houses, camera)
    for x in range(_WIDE):
        for y in range(_HIGH):
            met = _met(houses, camera, x, y)
            first = {(body, is_roof) for ahead, body, is_roof in met if ahead < met[0][0] + 1e-6}
            assert shown.get((x, y)) in first if first else (x, y) not in shown, (x, y)


def test_d49_a_tower_stands_out_of_its_podium() -> None:
    houses = [(-20.0, 30.0, 20.0, 60.0, 6.0), (-5.0, 40.0, 5.0, 50.0, 27.0)]
    shown = _painted(houses, Camera(20.0, 0.0, -10.0, _WIDE, _HIGH))
    middle = [shown.get((_WIDE // 2, y)) for y in range(_HIGH)]

    # from above: the sky, the tower's wall, the podium's roof before it, the podium's wall
    assert list(dict.fromkeys(middle)) == [None, (1, False), (0, True), (0, False)]


def test_d49_what_would_take_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "_MOST_CUTS", 5)
    with pytest.raises(TooManyCorners):
        list(painted(_walls((10, 10, 20, 20, 5), 0) + _walls((30, 10, 40, 20, 5), 1), [], 1.7))


def test_d49_a_face_behind_the_eye_is_not_seen_and_one_beside_it_is_cut() -> None:
    camera = Camera(1.7, 0.0, 0.0, 100, 50)

    assert camera.seen([(-1, -5, 0), (1, -5, 0), (1, -5, 3)]) == []
    assert camera.seen([(0.0, 10.0, 1.7), (0.0, 10.0, 3.0), (1.0, 10.0, 1.7)])[0] == (50.0, 25.0)
    cut = camera.seen([(1, -5, 0), (1, 5, 0), (1, 5, 3), (1, -5, 3)])
    assert len(cut) == 4
    assert max(x for x, _ in cut) == pytest.approx(50 + 50 / math.tan(math.radians(30)) / NEAREST)
