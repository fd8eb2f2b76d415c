"""Plots between the roads of a district's centre, each with its parcels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from yiwang.maps.synthesis import roads as grown
from yiwang.maps.synthesis.town import geometry
from yiwang.maps.synthesis.town.geometry import Area, Frame, Line, Point

#: The districts with a made-up centre, and the letters with which their plots begin.
DISTRICTS = {"440103": "LW", "440104": "YX", "440105": "HZ", "440106": "TH"}
#: Metres from the middle of a road to where plots begin, by its class (half of a red line by CJJ 37).
HALF = {"express": 24.0, "main": 19.0, "secondary": 13.0, "branch": 8.0}
_REACH, _LANE = 900.0, 7.0
_LEAST_PLOT, _LEAST_PARCEL, _LEAST_ROUND = 1_600.0, 900.0, 0.3
#: Land use of GB/T 50137-2011 with the shares of it.
USES = {
    "R2": 50, "B1": 9, "B2": 9, "A1": 2, "A2": 2, "A3": 6, "A5": 2, "M1": 7, "W1": 2, "S4": 2, "U1": 2,
    "G1": 7,
}  # fmt: skip
#: What may be built on.
BUILDABLE = frozenset(USES) - {"G1"}


@dataclass(frozen=True)
class Road:
    """A road near the centre: its name, class and course in metres."""

    code: str
    name: str
    kind: str
    course: tuple[Point, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its straight pieces."""
        return tuple(Line.between(a, b) for a, b in zip(self.course, self.course[1:], strict=False))


@dataclass(slots=True)
class Parcel:
    """A parcel; ``road`` and ``number`` are its address."""

    area: Area
    road: Road
    number: int
    community: str


@dataclass(slots=True)
class Plot:
    """A planned plot: number within its unit, land use, and whether it is built, empty or being built on."""

    code: str
    use: str
    state: str
    area: Area
    parcels: list[Parcel] = field(default_factory=list)

    @property
    def square_metres(self) -> float:
        """Its size."""
        return geometry.size(self.area)


@dataclass(slots=True)
class Centre:
    """The centre of a district with what was grown there."""

    district: str
    frame: Frame
    grain: Line
    roads: tuple[Road, ...]
    waters: tuple[Area, ...]
    plots: list[Plot]


def grow(
    districts: Sequence[grown.District], communities: Mapping[str, Sequence[str]], *, seed: int
) -> Iterator[Centre]:
    """The centres of the districts that have one; communities by district, in the order of their codes."""
    for district in districts:
        if district.code in DISTRICTS:
            yield _centre(district, communities[district.code], seed)


def _centre(district: grown.District, communities: Sequence[str], seed: int) -> Centre:
    frame = Frame(*district.centre)
    roads = tuple(_roads(district, frame, seed))
    waters = tuple(
        tuple(frame.metres(place) for place in _places(row["surface"]))
        for row in grown.waters([district], seed=seed, scale=1.0)
    )
    angle = grown.turn_of(district, seed=seed)
    grain = Line((0.0, 0.0), (math.cos(angle), math.sin(angle)), 1.0)
    centre = Centre(district.code, frame, grain, roads, waters, [])
    random = Random(f"{seed}/{district.code}/ground")  # noqa: S311 - made-up data, not secrets
    serial = 0
    for area in _blocks(random, grain):
        for part in _between(area, roads):
            if _is_good(part, _LEAST_PLOT) and _is_dry(part, centre, district):
                serial += 1
                centre.plots.append(_plot(random, part, centre, serial, communities))
    _number_doors(centre)
    return centre


def _roads(district: grown.District, frame: Frame, seed: int) -> Iterator[Road]:
    for row in grown.roads([district], seed=seed, scale=1.0):
        course = tuple(frame.metres(place) for place in _places(row["course"]))
        if any(max(abs(x), abs(y)) < 2 * _REACH for x, y in course):
            yield Road(row["code"], row["name"], row["class"], course)


def _places(text: str) -> list[Point]:
    inside = text[text.rindex("(") + 1 : text.index(")")]
    return [(float(x), float(y)) for x, y in (each.split() for each in inside.split(", "))]


def _blocks(random: Random, grain: Line) -> Iterator[Area]:
    """Rows of rectangles; lanes run after every second row, and across after some plots."""
    low, row = -_REACH, 0
    while low < _REACH:
        high = low + random.uniform(74, 104)
        west = -_REACH + random.uniform(0, 60)
        while west < _REACH:
            east = west + random.uniform(96, 205)
            yield geometry.rectangle(grain, (west, low), (east, high))
            west = east + (_LANE if random.random() < 0.45 else 0.0)
        row += 1
        low = high + (_LANE if row % 2 == 0 else 0.0)


def _between(area: Area, roads: Sequence[Road]) -> list[Area]:
    parts = [area]
    for road in roads:
        for line in road.lines:
            parts = [cut for part in parts for cut in geometry.cut(part, line, HALF[road.kind])]
    return parts


def _is_good(area: Area, least: float) -> bool:
    return geometry.size(area) >= least and geometry.roundness(area) >= _LEAST_ROUND


def _is_dry(area: Area, centre: Centre, district: grown.District) -> bool:
    """Within the district, and not in a lake."""
    if not all(district.holds(centre.frame.degrees(corner)) for corner in area):
        return False
    around = geometry.middle(area)
    for shore in centre.waters:
        lake = geometry.middle(shore)
        widest = max(math.dist(lake, each) for each in shore)
        reach = max(math.dist(around, each) for each in area)
        if math.dist(around, lake) < widest + reach and (
            any(_crosses_out(shore, corner) for corner in area)
            or any(geometry.holds(area, each, -6.0) for each in shore)
        ):
            return False
    return True


def _crosses_out(shore: Area, point: Point) -> bool:
    """Whether a point lies within a shore, by crossings."""
    inside = False
    for place, (x2, y2) in enumerate(shore):
        x1, y1 = shore[place - 1]
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _plot(random: Random, area: Area, centre: Centre, serial: int, communities: Sequence[str]) -> Plot:
    x, y = geometry.middle(area)
    # units of some 30 plots in bands from north to south, communities in patches of the same bands
    band = min(int((_REACH - y) / (2 * _REACH) * 4), 3)
    patch = band * 4 + min(int((x + _REACH) / (2 * _REACH) * 4), 3)
    use = random.choices(list(USES), weights=list(USES.values()))[0]
    state = random.choices(("built", "vacant", "building"), weights=(84, 11, 5))[0]
    plot = Plot(
        code=f"{DISTRICTS[centre.district]}{patch + 1:02}{serial // 100 + 1:02}-{serial % 100:02}",
        use=use,
        state=state if use in BUILDABLE else "built",
        area=area,
    )
    community = communities[max(patch, 0) * len(communities) // 16]
    for part in _split(random, area, centre.grain, 1 if use == "G1" else random.choice((1, 2, 2, 3))):
        plot.parcels.append(Parcel(part, _nearest(part, centre.roads), 0, community))
    return plot


def _split(random: Random, area: Area, grain: Line, parts: int) -> list[Area]:
    """Cut across the grain into so many parcels, as long as none gets too small."""
    across = Line(grain.start, (grain.along[1], -grain.along[0]), 1.0)
    ends = [across.aside(corner) for corner in area]
    low, high = min(ends), max(ends)
    cuts = [low + (high - low) * (place + random.uniform(-0.08, 0.08)) / parts for place in range(1, parts)]
    found: list[Area] = []
    rest = area
    for where in cuts:
        one = geometry.left_of(rest, geometry.turned(across), -where)
        other = geometry.left_of(rest, across, where)
        if all(len(part) > 2 and _is_good(part, _LEAST_PARCEL) for part in (one, other)):
            found.append(one)
            rest = other
    return [*found, rest]


def _nearest(area: Area, roads: Sequence[Road]) -> Road:
    around = geometry.middle(area)

    def far(road: Road) -> float:
        return min(
            math.dist(around, line.beside(min(max(line.forward(around), 0.0), line.length), 0.0))
            for line in road.lines
        )

    return min(roads, key=lambda road: (far(road), road.code))


def _number_doors(centre: Centre) -> None:
    """Plates along each road: odd on the left, even on the right, as they follow each other."""
    by_road: dict[str, list[Parcel]] = {}
    for plot in centre.plots:
        for parcel in plot.parcels:
            # roads of one name are one road to who looks for a number
            by_road.setdefault(parcel.road.name, []).append(parcel)
    for parcels in by_road.values():
        sides = {1: 1, -1: 2}
        for parcel in sorted(parcels, key=_along):
            around = geometry.middle(parcel.area)
            first = parcel.road.lines[0]
            side = 1 if first.aside(around) > 0 else -1
            parcel.number = sides[side]
            sides[side] += 2


def _along(parcel: Parcel) -> float:
    return parcel.road.lines[0].forward(geometry.middle(parcel.area))
