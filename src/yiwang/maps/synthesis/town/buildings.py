"""Buildings on the parcels of a plot, in rows along the grain of the district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from yiwang.maps.synthesis.town import geometry
from yiwang.maps.synthesis.town.geometry import Area, Line
from yiwang.maps.synthesis.town.plots import Parcel, Plot


@dataclass(frozen=True, slots=True)
class Kind:
    """How a land use is built: length and depth in metres, gaps, storeys, the register's use, structure."""

    length: tuple[float, float]
    depth: tuple[float, float]
    gap: float
    storeys: tuple[tuple[int, int], ...]
    use: str
    structure: str
    most: int


KINDS = {
    "R2": Kind((16, 32), (11, 14), 11, ((6, 9), (6, 9), (11, 18), (24, 33)), "residential", "concrete", 6),
    "B1": Kind((22, 48), (18, 34), 8, ((3, 6), (4, 9)), "commercial", "concrete", 2),
    "B2": Kind((24, 36), (22, 32), 13, ((12, 22), (24, 45)), "office", "steel_concrete", 2),
    "A1": Kind((24, 46), (14, 18), 12, ((4, 9),), "public", "concrete", 2),
    "A2": Kind((24, 42), (18, 30), 12, ((2, 5),), "public", "concrete", 1),
    "A3": Kind((26, 50), (12, 16), 14, ((4, 6),), "public", "concrete", 3),
    "A5": Kind((26, 50), (15, 20), 12, ((5, 16),), "public", "concrete", 2),
    "M1": Kind((24, 52), (18, 28), 9, ((1, 5),), "industrial", "mixed", 2),
    "W1": Kind((26, 56), (18, 30), 10, ((1, 2),), "industrial", "steel", 2),
    "S4": Kind((26, 40), (12, 16), 16, ((1, 3),), "other", "steel", 1),
    "U1": Kind((18, 30), (12, 18), 16, ((1, 3),), "public", "concrete", 1),
}
#: Metres from a parcel's border to what is built.
_SETBACK = 4.0


@dataclass(frozen=True, slots=True)
class Building:
    """A building with its outline; ``number`` counts on its parcel."""

    number: int
    area: Area
    storeys: int
    below: int
    year: int
    kind: Kind

    @property
    def floor_area(self) -> float:
        """All storeys above ground together, in square metres."""
        return geometry.size(self.area) * self.storeys


def built_on(plot: Plot, parcel: Parcel, grain: Line, random: Random) -> Iterator[Building]:
    """The buildings of a parcel: none on empty land and in parks."""
    kind = KINDS.get(plot.use)
    if kind is None or plot.state == "vacant":
        return
    storeys = random.choice(kind.storeys)
    year = random.randint(1978, 2003) if storeys[1] <= 9 else random.randint(1996, 2024)
    most = 1 if plot.state == "building" else kind.most
    for number, area in enumerate(islice(_rows(parcel.area, grain, kind, random), most), 1):
        high = random.randint(*storeys)
        yield Building(number, area, high, (high > 8) + (high > 20), year, kind)


def _rows(area: Area, grain: Line, kind: Kind, random: Random) -> Iterator[Area]:
    ups = [grain.aside(corner) for corner in area]
    ends = [grain.forward(corner) for corner in area]
    low = min(ups) + _SETBACK
    while low < max(ups) - _SETBACK:
        depth = random.uniform(*kind.depth)
        west, some = min(ends) + _SETBACK, False
        while west < max(ends) - _SETBACK:
            length = random.uniform(*kind.length)
            found = geometry.rectangle(grain, (west, low), (west + length, low + depth))
            if all(geometry.holds(area, corner, _SETBACK - 0.5) for corner in found):
                yield found
                some = True
                west += length + kind.gap * 0.6
            else:
                west += 4.0
        low += depth + kind.gap if some else 4.0
