"""Places along a line, where the height of the ground is asked for: pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from yiwang.maps.analysis.contracts import Place


def stations(line: Sequence[Place], length: float, at: Sequence[float]) -> list[Place]:
    """Places on a line of degrees that is ``length`` metres long, so many metres from its beginning."""
    shrink = math.cos(math.radians(line[0][1]))
    pieces = [math.hypot((b[0] - a[0]) * shrink, b[1] - a[1]) for a, b in pairwise(line)]
    before = [0.0, *accumulate(pieces)]
    scale = before[-1] / length if length > 0 else 0.0
    found = []
    for metres in at:
        place = min(max(metres * scale, 0.0), before[-1])
        number = min(bisect_right(before, place) - 1, len(pieces) - 1)
        share = (place - before[number]) / pieces[number] if pieces[number] > 0 else 0.0
        (east, north), (east_after, north_after) = line[number], line[number + 1]
        found.append((east + (east_after - east) * share, north + (north_after - north) * share))
    return found


def even(length: float, most: int) -> list[float]:
    """Distances from 0 to ``length``, evenly, no closer than a metre."""
    steps = max(min(most - 1, int(length)), 1)
    return [length * step / steps for step in range(steps + 1)]


def height_at(ground: Sequence[tuple[float, float]], metres: float) -> float:
    """The ground's height at a distance, straight between two that are known; ``ground`` is in order."""
    number = min(max(bisect_right(ground, (metres, math.inf)) - 1, 0), len(ground) - 2)
    (near, low), (far, high) = ground[number], ground[number + 1]
    share = min(max((metres - near) / (far - near), 0.0), 1.0) if far > near else 0.0
    return low + (high - low) * share
