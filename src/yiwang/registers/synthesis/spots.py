"""Points inside a district: where a community lies of which only the district's border is known."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

Point = tuple[float, float]
#: A border is a drawing of a thousand corners; every eighth is near enough for a made-up spot.
_EVERY = 8
_TRIES = 200


def thinned(ring: Sequence[Sequence[float]]) -> list[Point]:
    """Some of the corners of a ring."""
    step = _EVERY if len(ring) > 4 * _EVERY else 1
    return [(corner[0], corner[1]) for corner in ring[::step]]


def spot_in(ring: Sequence[Point], chance: Random) -> Point:
    """A point inside a ring; one of its corners where none is found.

    >>> spot_in([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)], Random(1))
    (0.13436424411240122, 0.8474337369372327)
    """
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    for _ in range(_TRIES):
        spot = west + chance.random() * (east - west), south + chance.random() * (north - south)
        if is_inside(spot, ring):
            return spot
    return ring[0]


def is_inside(spot: Point, ring: Sequence[Point]) -> bool:
    """Whether a ray to the east crosses the border an odd number of times."""
    x, y = spot
    inside = False
    before = ring[-1]
    for corner in ring:
        if (corner[1] > y) != (before[1] > y):
            crossing = corner[0] + (y - corner[1]) * (before[0] - corner[0]) / (before[1] - corner[1])
            if x < crossing:
                inside = not inside
        before = corner
    return inside
