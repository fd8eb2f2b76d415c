"""The eight points of the compass in words."""

from __future__ import annotations

from yiwang.kernel.text import Text

_POINTS = (
    Text("北", "north"), Text("东北", "north-east"), Text("东", "east"), Text("东南", "south-east"),
    Text("南", "south"), Text("西南", "south-west"), Text("西", "west"), Text("西北", "north-west"),
)  # fmt: skip


def point_of(azimuth: float) -> Text:
    """The point nearest to so many degrees from north."""
    return _POINTS[round(azimuth / 45) % 8]
