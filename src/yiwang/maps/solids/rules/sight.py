"""Whether one point is seen from another, over and between bodies, and over the ground they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from yiwang.maps.solids.contracts import Building, Corner, Outline, Ring, Vertex


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What hides the far point: the first body on the way, or the ground, and where the line meets it."""

    #: None: the ground.
    entry: int | None
    #: East, north and metres above the ground there.
    at: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Heights of the ground in millimetres: along the line in equal pieces, and below each building."""

    along: Sequence[int] = (0, 0)
    below: Mapping[int, int] = field(default_factory=dict)

    def height(self, share: Fraction) -> Fraction:
        """At a share of the way."""
        place = share * (len(self.along) - 1)
        start = min(int(place), len(self.along) - 2)
        return self.along[start] + (self.along[start + 1] - self.along[start]) * (place - start)


LEVEL = Ground()


def hidden_by(
    eye: Vertex, far: Vertex, buildings: Iterable[Building], ground: Ground = LEVEL
) -> Hidden | None:
    """What a line from ``eye`` to ``far`` goes through first; touching hides nothing.

    Heights of both ends are above the same zero as those of the ground.
    """
    first: tuple[Fraction, int] | None = None
    for building in buildings:
        if building.height <= 0:
            continue
        top = building.height + ground.below.get(building.entry, 0)
        met = [meets(eye, far, each, top) for each in building.outlines]
        for share in met:
            if share is not None and (first is None or (share, building.entry) < first):
                first = (share, building.entry)
    under = goes_under(eye[2], far[2], ground)
    if first is None and under is None:
        return None
    if first is None or (under is not None and under < first[0]):
        assert under is not None  # noqa: S101 - one of both is there
        share, entry = under, None
    else:
        share, entry = first
    east, north, height = (a + (b - a) * share for a, b in zip(eye, far, strict=True))
    up = height - ground.height(share)
    return Hidden(entry=entry, at=(float(east) / 1000, float(north) / 1000, float(up) / 1000))


def goes_under(from_z: int, to_z: int, ground: Ground) -> Fraction | None:
    """The share of the way at which a line goes under the ground; exact."""
    pieces = len(ground.along) - 1
    over = [
        from_z + (to_z - from_z) * Fraction(number, pieces) - height
        for number, height in enumerate(ground.along)
    ]
    for number, (here, after) in enumerate(pairwise(over)):
        if here < 0:
            return Fraction(number, pieces)
        if after < 0:
            return (number + here / (here - after)) / pieces
    return None


def meets(eye: Vertex, far: Vertex, outline: Outline, height: int) -> Fraction | None:
    """The share of the way at which a line goes into a body that reaches up to a height; exact."""
    rings = (outline.outer, *outline.courts)
    crossed = {share for ring in rings for share in _crossed(eye, far, ring)}
    for start, end in pairwise(sorted({Fraction(0), Fraction(1), *crossed})):
        low = _below(eye[2], far[2], start, end, height)
        if low is None:
            continue
        middle = (start + end) / 2
        x, y = eye[0] + (far[0] - eye[0]) * middle, eye[1] + (far[1] - eye[1]) * middle
        if _holds(outline.outer, x, y) and not any(_holds(court, x, y) for court in outline.courts):
            return low
    return None


def _below(from_z: int, to_z: int, start: Fraction, end: Fraction, height: int) -> Fraction | None:
    """Where in a piece of the line it first is below a height, if over more than a point."""
    at_start, at_end = from_z + (to_z - from_z) * start, from_z + (to_z - from_z) * end
    if at_start < height:
        return start
    if at_end >= height:
        return None
    return start + (end - start) * (at_start - height) / (at_start - at_end)


def _crossed(eye: Vertex, far: Vertex, ring: Ring) -> Iterable[Fraction]:
    east, north = far[0] - eye[0], far[1] - eye[1]
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        across = east * (y2 - y1) - north * (x2 - x1)
        if not across:
            continue  # along the line: its ends are met by the edges beside it
        share = Fraction((x1 - eye[0]) * (y2 - y1) - (y1 - eye[1]) * (x2 - x1), across)
        along = Fraction((x1 - eye[0]) * north - (y1 - eye[1]) * east, across)
        if 0 < share < 1 and 0 <= along <= 1:
            yield share


def _holds(ring: Ring, x: Fraction, y: Fraction) -> bool:
    """Whether a point that is on no edge, or anywhere along one, lies inside."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if _is_on((x1, y1), (x2, y2), x, y):
            return False
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside


def _is_on(start: Corner, end: Corner, x: Fraction, y: Fraction) -> bool:
    (x1, y1), (x2, y2) = start, end
    is_along = (x2 - x1) * (y - y1) == (y2 - y1) * (x - x1)
    return is_along and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
