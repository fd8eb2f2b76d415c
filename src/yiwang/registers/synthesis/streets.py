"""Where the people and firms of a made-up city are: roads, addresses, parcels, buildings and their rooms.

Names of divisions are a city's own; roads are made from a list of this module, so an address is nobody's.
Buildings stand in rows about a point of their community and don't overlap within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from yiwang.registers.synthesis.chances import places
from yiwang.registers.synthesis.dirt import Cells
from yiwang.registers.synthesis.numbers import Exhausted

HEADS: dict[str, tuple[str, ...]] = {
    "addresses": (
        "code", "full", "division", "road", "lane", "plate", "place", "building", "unit", "floor", "room",
        "level", "point", "status", "origin",
    ),
    "parcels": ("code", "division", "location", "right", "land_area", "border", "use"),
    "buildings": (
        "code", "division", "address", "parcel", "use", "structure", "storeys", "floor_area", "year",
        "outline",
    ),
}  # fmt: skip
_FIRST = (
    "榕荫", "木棉", "紫荆", "骑楼", "荔香", "云桂", "珠岸", "麻石", "青砖", "晓港", "龙眼",
    "凤凰", "白兰", "蒲葵", "芒果", "莲塘", "涌边", "渡头", "鹤鸣", "锦绣", "安和", "永福", "德政",
    "和平", "长庚", "文昌", "三元", "聚龙",
)  # fmt: skip
_KINDS_OF_ROAD = ("路", "街", "大街", "横路", "巷", "中路")
_ROADS = tuple(name + kind for name in _FIRST for kind in _KINDS_OF_ROAD)
_ROADS_OF_A_COMMUNITY = 3
#: Estate, building, unit, floor and room of a door plate.
_NOTHING_INSIDE = ("",) * 5
_STOREYS = places({3: 6, 6: 10, 7: 16, 8: 22, 9: 14, 12: 6, 18: 10, 25: 8, 32: 8})
#: So many buildings are a house of one family.
_HOUSES = 0.2
# A row of buildings, and metres from one to the next; a degree has so many metres at 23 degrees north.
_ROW, _EAST, _NORTH = 24, 40.0, 36.0
_DEGREE_EAST, _DEGREE_NORTH = 102_400.0, 110_700.0
_LAST_PARCEL = 99_999
# The year of the oldest building, and how the use of a building is one of land (GB/T 21010-2017).
_OLDEST = 1950
_LAND = {"residential": "0701", "mixed": "0701", "office": "0505", "commercial": "0501"}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A community: its code of 12 digits, how an address in it begins, and its longitude and latitude."""

    code: str
    address: str
    point: tuple[float, float] | None = None


class Home(NamedTuple):
    """An address with the room, and the code of the address."""

    address: str
    code: str


@dataclass(slots=True)
class _Open:
    """A building that has rooms left."""

    address: str
    code: str
    storeys: int
    flats: int
    taken: int = 0


class Streets:
    """Builds where somebody moves in and no room is left; remembers one building a community and use."""

    def __init__(self, seed: int, on: date) -> None:
        self._seed = seed
        self._year = on.year
        self._built: dict[str, int] = {}
        self._open: dict[tuple[str, bool], _Open] = {}
        self._new: list[tuple[str, Cells]] = []

    def home(self, where: Neighbourhood) -> Home:
        """The next free dwelling of a community."""
        return self._room(where, for_firms=False)

    def office(self, where: Neighbourhood) -> Home:
        """The next free room for a firm."""
        return self._room(where, for_firms=True)

    def built(self) -> list[tuple[str, Cells]]:
        """Rows of what was built since it was asked last, by the name of their file."""
        new, self._new = self._new, []
        return new

    def _room(self, where: Neighbourhood, *, for_firms: bool) -> Home:
        building = self._open.get((where.code, for_firms))
        if building is None or building.taken == building.storeys * building.flats:
            building = self._build(where, for_firms=for_firms)
            self._open[where.code, for_firms] = building
        storey, flat = divmod(building.taken, building.flats)
        building.taken += 1
        if building.storeys * building.flats == 1:
            return Home(building.address, building.code)
        return Home(f"{building.address}{storey + 1}{flat + 1:02}房", building.code)

    def _build(self, where: Neighbourhood, *, for_firms: bool) -> _Open:
        nth = self._built.get(where.code, 0)
        if nth >= _LAST_PARCEL:
            raise Exhausted("no more parcels in this community")
        self._built[where.code] = nth + 1
        chance = Random(f"{self._seed}/streets/{where.code}/{nth}")  # noqa: S311 - made-up places
        house = not for_firms and chance.random() < _HOUSES
        storeys = 2 if house else chance.choice(_STOREYS)
        flats = 1 if house else chance.randint(2, 8)
        row, column = divmod(nth, _ROW)
        road = self._roads(where.code)[row % _ROADS_OF_A_COMMUNITY]
        plate = f"{2 * (row // _ROADS_OF_A_COMMUNITY * _ROW + column) + 1}号"
        full = f"{where.address}{road}{plate}"
        address, parcel = f"{where.code}{nth + 1:08}", f"{where.code}GB{nth + 1:05}"
        use = chance.choice(
            ("office", "commercial") if for_firms else ("residential", "residential", "mixed")
        )
        wide, deep = 10 + chance.random() * 20, 8 + chance.random() * 14
        middle = _middle(where, row, column)
        self._new += (
            (
                "addresses",
                (
                    address, full, where.code, road, "", plate, *_NOTHING_INSIDE, "plate", _point(middle),
                    "used", "synthetic",
                ),
            ),
            (
                "parcels",
                (
                    parcel, where.code, full, "state_building", f"{(_EAST - 4) * (_NORTH - 4):.2f}",
                    _rectangle(middle, _EAST - 4, _NORTH - 4), _LAND[use],
                ),
            ),
            (
                "buildings",
                (
                    f"{parcel}F0001", where.code, address, parcel, use,
                    "brick_wood" if house else "concrete", str(storeys), f"{wide * deep * storeys:.2f}",
                    str(chance.randint(_OLDEST, self._year - 1)), _rectangle(middle, wide, deep),
                ),
            ),
        )  # fmt: skip
        return _Open(full, address, 1 if house else storeys, flats)

    def _roads(self, community: str) -> list[str]:
        chance = Random(f"{self._seed}/roads/{community}")  # noqa: S311 - made-up places
        return chance.sample(_ROADS, _ROADS_OF_A_COMMUNITY)


def _middle(where: Neighbourhood, row: int, column: int) -> tuple[float, float] | None:
    if where.point is None:
        return None
    east, north = (column - _ROW / 2) * _EAST, (row - _ROW / 2) * _NORTH
    return where.point[0] + east / _DEGREE_EAST, where.point[1] + north / _DEGREE_NORTH


def _point(middle: tuple[float, float] | None) -> str:
    return "" if middle is None else f"{middle[0]:.6f} {middle[1]:.6f}"


def _rectangle(middle: tuple[float, float] | None, wide: float, deep: float) -> str:
    """A rectangle of so many metres about a point, in WKT; empty where there is no point."""
    if middle is None:
        return ""
    east, north = wide / 2 / _DEGREE_EAST, deep / 2 / _DEGREE_NORTH
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ring = ", ".join(f"{middle[0] + x * east:.7f} {middle[1] + y * north:.7f}" for x, y in corners)
    return f"POLYGON(({ring}))"
