"""Places on the ellipsoid as metres from the middle of the earth, and from a place on it.

CGCS2000 and WGS 84 differ by a tenth of a millimetre here, so what is made for one fits globes of the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from yiwang.maps.solids.contracts import Place

#: Semi-major axis in metres and flattening (GB 22021).
_A, _F = 6_378_137.0, 1 / 298.257222101
_E2 = _F * (2 - _F)
Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Stand:
    """A place with its own east, north and up."""

    origin: Point
    east: Point
    north: Point
    up: Point

    def matrix(self) -> list[float]:
        """From here to the middle of the earth, column by column."""
        columns = (*self.east, 0.0), (*self.north, 0.0), (*self.up, 0.0), (*self.origin, 1.0)
        return [value for column in columns for value in column]

    def local(self, place: Place, height: float) -> Point:
        """East, north and up from here, in metres."""
        x, y, z = (a - b for a, b in zip(from_middle(place, height), self.origin, strict=True))
        east, north, up = (axis[0] * x + axis[1] * y + axis[2] * z for axis in self.axes)
        return east, north, up

    @property
    def axes(self) -> tuple[Point, Point, Point]:
        """East, north and up."""
        return self.east, self.north, self.up


def from_middle(place: Place, height: float) -> Point:
    """Metres along the axes of the earth (EPSG:4978)."""
    longitude, latitude = (math.radians(each) for each in place)
    curved = _A / math.sqrt(1 - _E2 * math.sin(latitude) ** 2)
    out = (curved + height) * math.cos(latitude)
    return (
        out * math.cos(longitude),
        out * math.sin(longitude),
        (curved * (1 - _E2) + height) * math.sin(latitude),
    )


def stand_at(place: Place) -> Stand:
    """Stand on the ellipsoid."""
    longitude, latitude = (math.radians(each) for each in place)
    east = (-math.sin(longitude), math.cos(longitude), 0.0)
    up = (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )
    north = (-up[2] * math.cos(longitude), -up[2] * math.sin(longitude), math.cos(latitude))
    return Stand(from_middle(place, 0.0), east, north, up)
