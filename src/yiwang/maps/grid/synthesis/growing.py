"""Communities and cells: a made-up net inside real districts, under the real communities' codes.

Cells are numbered by bands from north to south, in a band from west to east (CJ/T 213). Central districts
are cut into several cells a community, the others into one, so that a demonstration stays small.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from yiwang.maps.grid.synthesis.cutting import Part, Place, cut
from yiwang.maps.synthesis.roads import District

Row = dict[str, str]
#: Liwan, Yuexiu, Haizhu, Tianhe.
CENTRAL = ("440103", "440104", "440105", "440106")
_CELL_METRES, _MOST_CELLS = 60_000.0, 3
_EVENED = 2


def communities(
    district: District, border: str, codes: Sequence[tuple[str, str]], *, seed: int
) -> Iterator[Row]:
    """Rows of ``community_borders``; ``codes`` are those of the district's communities with their names."""
    random = Random(f"{seed}/{district.code}/communities")  # noqa: S311 - made-up data, not secrets
    parts = cut(border, [_within(district, random) for _ in codes], evened=_EVENED)
    for (code, name), part in zip(sorted(codes), _winding(parts, len(codes)), strict=True):
        yield {
            "code": code,
            "name": name,
            "division": code,
            "border": part.border,
            "square_metres": f"{part.metres:.0f}",
            "made_up": "true",
        }


def cells(community: Mapping[str, str], *, seed: int) -> Iterator[Row]:
    """Rows of ``grid_cells`` inside one community."""
    code, border = community["code"], community["border"]
    random = Random(f"{seed}/{code}/cells")  # noqa: S311 - made-up data, not secrets
    wanted = round(float(community["square_metres"]) / _CELL_METRES) if code[:6] in CENTRAL else 1
    places = _around(border, max(1, min(_MOST_CELLS, wanted)), random)
    for number, part in enumerate(_numbered(cut(border, places, evened=_EVENED)), start=1):
        yield {
            "code": f"{code}{number:03d}",
            "division": code,
            "border": part.border,
            "square_metres": f"{part.metres:.0f}",
            "made_up": "true",
        }


def _within(district: District, random: Random) -> Place:
    """Half of the communities crowd around the district's middle."""
    ring = [place for polygon in district.polygons for place in polygon[0]]
    west, east = min(place[0] for place in ring), max(place[0] for place in ring)
    south, north = min(place[1] for place in ring), max(place[1] for place in ring)
    while True:
        if random.random() < 0.5:
            place = (
                random.gauss(district.centre[0], (east - west) / 9),
                random.gauss(district.centre[1], (north - south) / 9),
            )
        else:
            place = (random.uniform(west, east), random.uniform(south, north))
        if district.holds(place):
            return place


def _around(border: str, many: int, random: Random) -> list[Place]:
    corners = border.rpartition("(")[2].partition(")")[0].split(",")
    places = [(float(east), float(north)) for east, north in (corner.split() for corner in corners)]
    middle = (sum(each[0] for each in places) / len(places), sum(each[1] for each in places) / len(places))
    turned = random.uniform(0, math.tau)
    return [
        (
            middle[0] + 0.0005 * math.cos(turned + math.tau * each / many),
            middle[1] + 0.0005 * math.sin(turned + math.tau * each / many),
        )
        for each in range(many)
    ]


def _winding(parts: Sequence[Part], many: int) -> list[Part]:
    """Neighbours follow each other: up one strip, down the next; so a street's communities lie together."""
    strips = max(1, round(math.sqrt(many) / 2))
    high = math.ceil(len(parts) / strips)
    by_east = sorted(parts, key=lambda part: part.place)
    found = []
    for number in range(strips):
        strip = by_east[number * high : (number + 1) * high]
        found += sorted(strip, key=lambda part: part.place[1], reverse=number % 2 == 1)
    return found


def _numbered(parts: Sequence[Part]) -> list[Part]:
    if len(parts) < 2:
        return list(parts)
    norths = [part.place[1] for part in parts]
    band = (max(norths) - min(norths)) / 2 or 1.0
    return sorted(parts, key=lambda part: (-int((part.place[1] - min(norths)) / band), part.place[0]))
