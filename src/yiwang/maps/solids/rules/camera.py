"""Where points lie in the picture of an eye that stands somewhere and looks somewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: East, north and up in metres, from the ground below the eye.
Point = tuple[float, float, float]
#: Metres: what is nearer is not seen.
NEAREST = 0.3


@dataclass(frozen=True, slots=True)
class Camera:
    """An eye ``height`` metres above ground that looks to ``bearing`` and ``up``, both in degrees.

    The picture is ``width`` by ``high`` pixels and shows ``angle`` degrees from its left to its right.
    """

    height: float
    bearing: float
    up: float
    width: int
    high: int
    angle: float = 60.0

    def seen(self, corners: Sequence[Point]) -> list[tuple[float, float]]:
        """Corners of a face in the picture, from its left upper corner; cut off where it comes up to the eye.

        Empty where all of it lies behind the eye.
        """
        placed = [self._before(each) for each in corners]
        kept: list[Point] = []
        for here, there in zip(placed, (*placed[1:], placed[0]), strict=True):
            if here[2] >= NEAREST:
                kept.append(here)
            if (here[2] < NEAREST) != (there[2] < NEAREST):
                share = (NEAREST - here[2]) / (there[2] - here[2])
                kept.append(
                    (here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share, NEAREST)
                )
        far = self.width / 2 / math.tan(math.radians(self.angle / 2))
        return [(self.width / 2 + far * x / z, self.high / 2 - far * y / z) for x, y, z in kept]

    def _before(self, point: Point) -> Point:
        """To the right, upwards and ahead of the eye."""
        turned, raised = math.radians(self.bearing), math.radians(self.up)
        east, north, up = point[0], point[1], point[2] - self.height
        right = east * math.cos(turned) - north * math.sin(turned)
        ahead = east * math.sin(turned) + north * math.cos(turned)
        return (
            right,
            up * math.cos(raised) - ahead * math.sin(raised),
            up * math.sin(raised) + ahead * math.cos(raised),
        )
