"""The shadow that a body throws on level ground."""

from __future__ import annotations

import math

from yiwang.maps.solids.contracts import Building, Corner, Outline, Place, Ring
from yiwang.maps.solids.rules.extruding import twice_area, upright
from yiwang.maps.solids.rules.sun import Sun

#: Below this the sun's shadows are longer than any map is wide, and the air blurs them.
LOWEST = 2.0


def convergence(place: Place, meridian: int) -> float:
    """Degrees by which a zone's north lies east of true north at a place."""
    longitude, latitude = math.radians(place[0] - meridian), math.radians(place[1])
    return math.degrees(math.atan(math.tan(longitude) * math.sin(latitude)))


def thrown(height: int, sun: Sun, turned: float) -> Corner | None:
    """How far a top is thrown, in millimetres east and north of the zone; None where the sun is too low."""
    if sun.altitude < LOWEST:
        return None
    length = height / math.tan(math.radians(sun.altitude))
    away = math.radians(sun.azimuth - turned + 180)
    return round(length * math.sin(away)), round(length * math.cos(away))


def shadow_of(outline: Outline, throw: Corner) -> list[Outline]:
    """Areas that together are the shadow, what lies under the body included: the outline where it is, the
    outline thrown, and the sweep of each edge. A court is lit where no sweep reaches."""
    outline = upright(outline)
    east, north = throw
    if throw == (0, 0):
        return [outline]
    found = [outline, Outline(_moved(outline.outer, throw), tuple(_moved(e, throw) for e in outline.courts))]
    for ring in (outline.outer, *outline.courts):
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            swept = ((x1, y1), (x2, y2), (x2 + east, y2 + north), (x1 + east, y1 + north))
            if area := twice_area(swept):
                found.append(Outline(swept if area > 0 else swept[::-1]))
    return found


def shadows_of(building: Building, sun: Sun, turned: float) -> list[Outline]:
    """The same for all outlines of a building; nothing where it throws none."""
    throw = thrown(building.height, sun, turned) if building.height > 0 else None
    if throw is None:
        return []
    return [area for outline in building.outlines for area in shadow_of(outline, throw)]


def _moved(ring: Ring, throw: Corner) -> Ring:
    return tuple((x + throw[0], y + throw[1]) for x, y in ring)
