"""Faces that share edges as one area, in whole numbers and therefore exactly."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.surfaces import Face, Misbuilt

Corner = tuple[int, int]
Ring = list[Corner]
#: An outer ring against the clock, and those of its courts with it.
Area = list[Ring]
_FLAT = Text("落地的面没有面积", "Its faces on the ground have no area")
_TANGLED = Text("落地的面过于复杂", "Its faces on the ground are too many and tangled")
#: Edges that begin in one corner, and corners that are compared to find which area a court lies in.
_MOST_WAYS, _MOST_COMPARED = 64, 20_000_000
_POLYGON, _MULTIPOLYGON = 3, 6


def dissolve(faces: Iterable[Face]) -> list[Area]:
    """Areas of faces seen from above: an edge that two of them share lies inside, and goes.

    Raises:
        Misbuilt: they have no area, their edges don't close, or they are too tangled.
    """
    rings = list(_rings(_borders(faces)))
    outer = [ring for ring in rings if twice_area(ring) > 0]
    courts = [ring for ring in rings if twice_area(ring) < 0]
    if not outer:
        raise Misbuilt(_FLAT)
    if len(courts) * sum(len(ring) for ring in outer) > _MOST_COMPARED:
        raise Misbuilt(_TANGLED)
    areas: list[Area] = [[ring] for ring in outer]
    for court in courts:
        around = [area for area in areas if _holds(area[0], court)]
        if not around:
            raise Misbuilt(_FLAT)
        min(around, key=lambda area: twice_area(area[0])).append(court)
    return areas


def _borders(faces: Iterable[Face]) -> dict[Corner, list[Corner]]:
    """Edges of one face only, from each corner."""
    edges: set[tuple[Corner, Corner]] = set()
    for face in faces:
        for ring in _upright(face):
            for here, there in zip(ring, (*ring[1:], ring[0]), strict=True):
                if (there, here) in edges:
                    edges.remove((there, here))
                elif here != there:
                    edges.add((here, there))
    after: dict[Corner, list[Corner]] = defaultdict(list)
    for here, there in sorted(edges):
        after[here].append(there)
    if any(len(ways) > _MOST_WAYS for ways in after.values()):
        raise Misbuilt(_TANGLED)
    return after


def twice_area(ring: Ring) -> int:
    """Twice the area; below zero where the ring turns with the clock."""
    turned = (*ring[1:], ring[0])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, turned, strict=True))


def as_wkb(areas: list[Area], place: Callable[[int, int], tuple[float, float]]) -> bytes:
    """Several areas as one MULTIPOLYGON of well-known binary."""
    parts = [struct.pack("<BII", 1, _MULTIPOLYGON, len(areas))]
    for area in areas:
        parts.append(struct.pack("<BII", 1, _POLYGON, len(area)))
        for ring in area:
            closed = [*ring, ring[0]]
            parts.append(struct.pack("<I", len(closed)))
            parts += [struct.pack("<dd", *place(east, north)) for east, north in closed]
    return b"".join(parts)


def _upright(face: Face) -> list[Ring]:
    """The face from above, its outer ring against the clock; nothing of a face that stands."""
    rings = [[(east, north) for east, north, _ in ring] for ring in face]
    size = twice_area(rings[0])
    if not size:
        return []
    outer = rings[0] if size > 0 else rings[0][::-1]
    holes = [ring if twice_area(ring) < 0 else ring[::-1] for ring in rings[1:]]
    return [outer, *holes]


def _rings(after: dict[Corner, list[Corner]]) -> Iterable[Ring]:
    """Follow edges until all are used; a way that meets itself is cut there into a ring of its own."""
    for start in list(after):
        while after[start]:
            path: Ring = [start]
            places = {start: 0}
            while path:
                here = path[-1]
                if not after[here]:
                    raise Misbuilt(_FLAT)
                there = after[here].pop(_leftmost(path, after[here]))
                if there not in places:
                    places[there] = len(path)
                    path.append(there)
                    continue
                cut = places[there]
                yield path[cut:]
                for gone in path[cut + 1 :]:
                    del places[gone]
                del path[cut + 1 :]
                if cut == 0:
                    break


def _leftmost(path: Ring, ways: list[Corner]) -> int:
    """Where two areas touch in a corner each goes on along its own border: the sharpest turn to the left."""
    if len(ways) == 1 or len(path) == 1:
        return 0
    (x0, y0), (x1, y1) = path[-2:]
    ahead = x1 - x0, y1 - y0

    def turned(way: Corner) -> tuple[int, Fraction]:
        """Grows from straight back on the right to straight back on the left."""
        east, north = way[0] - x1, way[1] - y1
        cross, dot = ahead[0] * north - ahead[1] * east, ahead[0] * east + ahead[1] * north
        whole = abs(cross) + abs(dot)
        share = Fraction(dot, whole)
        return (1, -share) if cross >= 0 else (0, share)

    return max(range(len(ways)), key=lambda number: turned(ways[number]))


def _holds(ring: Ring, court: Ring) -> bool:
    """Whether a court lies in a ring that it may touch in corners: by the middle of its first edges."""
    for here, there in zip(court, (*court[1:], court[0]), strict=True):
        x, y = Fraction(here[0] + there[0], 2), Fraction(here[1] + there[1], 2)
        inside = False
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / Fraction(y2 - y1):
                inside = not inside
        return inside
    return False
