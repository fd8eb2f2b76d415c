"""Ways from north: in words, and on the ground."""

from __future__ import annotations

import math

from yiwang.kernel.text import Text
from yiwang.maps.solids.contracts import Place

#: Metres of a degree of a great circle, on the sphere of mean radius of CGCS2000.
GREAT_CIRCLE = 111_194.9

_POINTS = (
    Text("北", "north"), Text("东北", "north-east"), Text("东", "east"), Text("东南", "south-east"),
    Text("南", "south"), Text("西南", "south-west"), Text("西", "west"), Text("西北", "north-west"),
)  # fmt: skip


def point_of(azimuth: float) -> Text:
    """The point nearest to so many degrees from north."""
    return _POINTS[round(azimuth / 45) % 8]


def moved(at: Place, bearing: float, metres: float) -> Place:
    """The place so many metres from another, in a direction of so many degrees from north."""
    way = math.radians(bearing)
    north = at[1] + metres * math.cos(way) / GREAT_CIRCLE
    return at[0] + metres * math.sin(way) / (GREAT_CIRCLE * math.cos(math.radians(at[1]))), north
