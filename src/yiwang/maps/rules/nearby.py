"""How far places lie from each other, and how a dwelling's own place is blurred."""

from __future__ import annotations

import math

from yiwang.kernel.degrees import ABOUT_A_DEGREE

#: Metres within which something is near.
NEAR = 1_000


def blurred(degrees: float) -> float:
    """A coordinate to a thousandth of a degree, some hundred metres: where an address lies is the city's.

    >>> blurred(113.35678)
    113.357
    """
    return round(degrees, 3)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places (longitude, latitude) of one city.

    >>> round(metres_between((113.0, 23.0), (113.0, 23.01)))
    1113
    """
    north = (other[1] - one[1]) * ABOUT_A_DEGREE
    east = (other[0] - one[0]) * ABOUT_A_DEGREE * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, north)


def box_around(place: tuple[float, float], metres: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a square so many metres to each side; near a pole narrower than that."""
    north = metres / ABOUT_A_DEGREE
    east = north / max(math.cos(math.radians(place[1])), 0.01)
    return place[0] - east, place[1] - north, place[0] + east, place[1] + north
