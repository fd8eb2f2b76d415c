"""An outline with courts cut into triangles: courts are bridged to the border, then ears are cut off.

Exact in whole numbers, so that no near miss decides; no corner is added or lost: roofs fit their walls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiwang.maps.solids.contracts import Corner, Outline
from yiwang.maps.solids.rules.extruding import upright

Triangle = tuple[Corner, Corner, Corner]


def triangulate(outline: Outline) -> list[Triangle]:
    """Triangles against the clock that together are the outline; work grows with corners squared."""
    outline = upright(outline)
    border = list(outline.outer)
    courts = sorted(outline.courts, key=max, reverse=True)
    for number, court in enumerate(courts):
        border = _bridged(border, list(court), courts[number:])
    return list(_ears(border))


def turn(a: Corner, b: Corner, c: Corner) -> int:
    """Above zero where the way from a over b to c turns to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _bridged(border: list[Corner], court: list[Corner], courts: Sequence[Sequence[Corner]]) -> list[Corner]:
    """The border with a court joined to it at the nearest corner that the court's easternmost one sees."""
    start = court.index(max(court))
    court = court[start:] + court[:start]
    eye = court[0]
    order = sorted(range(len(border)), key=lambda at: _apart(border[at], eye))
    edges = [edge for ring in (border, *courts) for edge in _edges(ring)]
    for at in order:
        corner = border[at]
        towards = court[1] if corner == eye else eye
        if not _opens(border[at - 1], corner, border[(at + 1) % len(border)], towards):
            continue
        if corner == eye:
            return [*border[: at + 1], *court[1:], eye, *border[at + 1 :]]
        if not any(_bars(eye, corner, edge) for edge in edges):
            return [*border[: at + 1], *court, eye, corner, *border[at + 1 :]]
    return border


def _apart(a: Corner, b: Corner) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _edges(ring: Sequence[Corner]) -> Iterator[tuple[Corner, Corner]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _opens(before: Corner, corner: Corner, after: Corner, towards: Corner) -> bool:
    """Whether the inside at a corner lies in a direction."""
    first, second = turn(before, corner, towards) > 0, turn(corner, after, towards) > 0
    return (first and second) if turn(before, corner, after) > 0 else (first or second)


def _bars(eye: Corner, corner: Corner, edge: tuple[Corner, Corner]) -> bool:
    """Whether an edge stands in the way, or one of its ends lies on it."""
    start, end = edge
    if any(_is_between(eye, corner, each) for each in edge):
        return True
    left, right = turn(eye, corner, start), turn(eye, corner, end)
    return (left > 0) != (right > 0) and left != 0 != right and _part(start, end, eye, corner)


def _part(start: Corner, end: Corner, eye: Corner, corner: Corner) -> bool:
    one, other = turn(start, end, eye), turn(start, end, corner)
    return one != 0 != other and (one > 0) != (other > 0)


def _is_between(eye: Corner, corner: Corner, point: Corner) -> bool:
    if point in {eye, corner} or turn(eye, corner, point):
        return False
    along = (point[0] - eye[0]) * (corner[0] - eye[0]) + (point[1] - eye[1]) * (corner[1] - eye[1])
    return 0 < along < _apart(eye, corner)


def _ears(border: list[Corner]) -> Iterator[Triangle]:
    left = list(range(len(border)))
    while len(left) > 3:
        place = _ear(border, left)
        yield border[left[place - 1]], border[left[place]], border[left[(place + 1) % len(left)]]
        del left[place]
    yield border[left[0]], border[left[1]], border[left[2]]


def _ear(border: list[Corner], left: list[int]) -> int:
    """A corner that can be cut off; where corners only touch edges, the one with least in the way."""
    flat = bulging = -1
    hollow = [
        border[at]
        for place, at in enumerate(left)
        if turn(border[left[place - 1]], border[at], border[left[(place + 1) % len(left)]]) <= 0
    ]
    for place in range(len(left)):
        a, b, c = border[left[place - 1]], border[left[place]], border[left[(place + 1) % len(left)]]
        turned = turn(a, b, c)
        if turned == 0:
            flat = place
        if turned > 0:
            if not any(_lies_in(a, b, c, each) for each in hollow):
                return place
            bulging = place
    return flat if flat >= 0 else max(bulging, 0)


def _lies_in(a: Corner, b: Corner, c: Corner, point: Corner) -> bool:
    """Inside or on the border, but none of its corners."""
    if point in {a, b, c}:
        return False
    return turn(a, b, point) >= 0 and turn(b, c, point) >= 0 and turn(c, a, point) >= 0
