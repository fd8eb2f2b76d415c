"""Roads that don't exist, through the communities that do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple, Protocol

from yiwang.maps.addresses.rules.gazetteer import Gazetteer

_FIRST = (
    "榕荫", "木棉", "紫荆", "骑楼", "荔香", "云桂", "珠岸", "麻石", "青砖", "晓港", "龙眼",
    "凤凰", "白兰", "蒲葵", "莲塘", "涌边", "渡头", "鹤鸣", "锦绣", "安和", "永福", "德政",
    "和平", "长庚", "文昌", "三元", "聚龙", "西华", "仁厚", "福宁", "泰康", "光塔", "桂香",
    "教育", "豪贤", "仓前", "米市", "盐步", "海味", "石室", "水荫", "梅花", "寺右", "达道",
    "署前", "培正", "竹丝", "农林", "龙津", "宝华", "多宝", "恩宁", "逢源", "丛桂", "蓬莱",
    "沙基", "南岸", "西湾", "东晓", "江燕", "怡乐", "滨水", "宝岗", "同福", "凤阳", "赤岗",
    "琶影", "石榴", "棠德", "黄村", "车陂", "珠村", "前进", "东圃", "元岗", "长兴", "龙洞",
    "岑村", "银坑", "柯木",
)  # fmt: skip
_SECOND = ("", "", "", "东", "西", "南", "北", "中", "一", "二", "三", "新")
_KINDS = ("路", "路", "路", "街", "大街", "横路", "巷", "大道", "横街", "里", "直街")
_ESTATES = ("花园", "苑", "新村", "公寓", "大厦", "广场", "名庭", "商务中心", "小区")
_ROADS_OF_A_STREET, _THROUGH = 14, 4
#: So many roads were renamed, or are called otherwise.
_RENAMED, _NICKNAMED = 0.08, 0.03
_DEGREE_EAST, _DEGREE_NORTH = 102_400.0, 110_700.0
_STEP = 11.0


@dataclass(frozen=True, slots=True)
class Community:
    """A real community: its code of 12 digits, the names from the city down to it, and a point in it."""

    code: str
    names: tuple[str, str, str, str]
    point: tuple[float, float]

    @property
    def beginning(self) -> str:
        """How addresses in it begin."""
        return "".join(self.names)


class OtherName(NamedTuple):
    """A row of the register of names: what a road was or is called besides."""

    code: str
    name: str
    kind: str
    stands_for: str
    division: str
    used_from: str
    used_to: str


class AddressRow(NamedTuple):
    """A row of the register of standard addresses, in the order of its fields."""

    code: str
    full: str
    division: str
    road: str
    lane: str
    plate: str
    place: str
    building: str
    unit: str
    floor: str
    room: str
    level: str
    point: str
    status: str
    origin: str


class Streets:
    """The roads of each street office, in which communities they run, and what they were called."""

    def __init__(self, communities: Sequence[Community], seed: int) -> None:
        self._seed = seed
        self._roads: dict[str, list[str]] = {}
        self._place: dict[str, int] = {}
        streets: Counter[str] = Counter()
        for each in sorted(communities, key=lambda one: one.code):
            self._place[each.code] = streets[each.code[:9]]
            streets[each.code[:9]] += 1
        self.other_names: list[OtherName] = []
        taken: set[tuple[str, str]] = set()
        for street in sorted({each.code[:9] for each in communities}):
            self._roads[street] = self._name_roads(street, taken)

    def _name_roads(self, street: str, taken: set[tuple[str, str]]) -> list[str]:
        chance = Random(f"{self._seed}/roads/{street}")  # noqa: S311 - made-up places
        found: list[str] = []
        while len(found) < _ROADS_OF_A_STREET:
            name = _road_name(chance)
            if (street[:6], name) not in taken:
                taken.add((street[:6], name))
                found.append(name)
        for name in found:
            draw = chance.random()
            if draw < _RENAMED + _NICKNAMED:
                self._call_otherwise(name, street, chance, taken, renamed=draw < _RENAMED)
        return found

    def _call_otherwise(
        self, name: str, street: str, chance: Random, taken: set[tuple[str, str]], *, renamed: bool
    ) -> None:
        other = _road_name(chance)
        if (street[:6], other) in taken:
            return
        taken.add((street[:6], other))
        begun = 1950 + chance.randrange(30)
        ended = f"{begun + 5 + chance.randrange(30)}-01-01" if renamed else ""
        code = f"{street}N{len(self.other_names) + 1:06}"
        self.other_names.append(OtherName(code, other, "road", name, street[:6], f"{begun}-01-01", ended))

    def rows(self, community: Community, count: int) -> Iterator[AddressRow]:
        """So many addresses of a community: plates along its roads, and rooms behind some of them."""
        chance = Random(f"{self._seed}/plates/{community.code}")  # noqa: S311 - made-up places
        roads = chance.sample(self._roads[community.code[:9]], _THROUGH)
        # a road's numbers go on from community to community, so a number is there once
        first = self._place[community.code] * (count // 6 + 10)
        made = _Made(community, count)
        nth = 0
        while made.left:
            road = roads[nth % _THROUGH]
            yield from _plate(made, road, first + nth // _THROUGH + 1, nth, chance)
            nth += 1


@dataclass(slots=True)
class _Made:
    """How many addresses of a community are still wanted."""

    community: Community
    left: int
    nth: int = 0

    def row(
        self, parts: tuple[str, str, str, str, str, str, str, str], level: str, at: tuple[float, float]
    ) -> AddressRow:
        self.left -= 1
        self.nth += 1
        full = self.community.beginning + "".join(parts)
        point = f"{at[0]:.6f} {at[1]:.6f}"
        # numbers from 80000000 on are given to these only; those of the made-up ground begin with 9
        code = f"{self.community.code}8{self.nth:07}"
        return AddressRow(code, full, self.community.code, *parts, level, point, "used", "synthetic")


def _plate(made: _Made, road: str, number: int, nth: int, chance: Random) -> Iterator[AddressRow]:
    draw = chance.random()
    mark = "甲" if draw < 0.02 else "之" + _SUBS[chance.randrange(len(_SUBS))] if draw < 0.10 else ""
    plate = f"{number}号{mark}"
    east, north = (nth // _THROUGH) * _STEP, (nth % _THROUGH) * 60.0 - 90
    west, south = made.community.point
    at = west + east / _DEGREE_EAST, south + north / _DEGREE_NORTH
    yield made.row((road, "", plate, "", "", "", "", ""), "plate", at)
    if draw > 0.86:
        yield from _estate(made, road, plate, at, chance)


_SUBS = ("一", "二", "三", "五", "十二")


def _estate(
    made: _Made, road: str, plate: str, at: tuple[float, float], chance: Random
) -> Iterator[AddressRow]:
    place = chance.choice(_FIRST) + chance.choice(_ESTATES)
    for block in range(1, chance.randint(1, 3) + 1):
        kind = chance.choice(("栋", "座", "幢"))
        building = f"{chr(64 + block)}{kind}" if kind == "座" else f"{block}{kind}"
        spot = at[0], at[1] + block * 25 / _DEGREE_NORTH
        if made.left <= 0:
            return
        yield made.row((road, "", plate, place, building, "", "", ""), "building", spot)
        for storey in range(1, chance.randint(1, 5) + 1):
            for flat in range(1, 3):
                if made.left <= 0:
                    return
                room = f"{storey}{flat:02}房"
                yield made.row((road, "", plate, place, building, "", "", room), "room", spot)


def _road_name(chance: Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_KINDS)


def made_up(
    communities: Sequence[Community], *, count: int, seed: int
) -> tuple[list[OtherName], Iterator[AddressRow]]:
    """Names and addresses; a small number stays in some of the communities, so that roads have houses."""
    most = max(1, min(len(communities), count // 40))
    some = [communities[place * len(communities) // most] for place in range(most)]
    streets = Streets(some, seed)
    each, more = divmod(count, most)

    def rows() -> Iterator[AddressRow]:
        for place, community in enumerate(some):
            yield from streets.rows(community, each + (place < more))

    return streets.other_names, rows()


class Placed(Protocol):
    """A community by its code, and a point in it if one is known."""

    @property
    def code(self) -> str: ...
    @property
    def point(self) -> tuple[float, float] | None: ...


def communities_of(places: Iterable[Placed], known: Gazetteer) -> list[Community]:
    """The communities of a city that have a point, with the names of the divisions above them."""
    found = []
    for place in places:
        names = known.names_of(place.code)
        if place.point is not None:
            above = names["city"], names["district"], names["street"], names["community"]
            found.append(Community(place.code, above, place.point))
    return found
