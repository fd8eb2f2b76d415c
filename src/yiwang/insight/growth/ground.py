"""Where made-up things stand: places and rivers inside real districts, and how files are written."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from yiwang.cases.definitions import tables
from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.kernel.feel import Json
from yiwang.maps.synthesis.roads import District, Place, read_districts
from yiwang.maps.synthesis.tables import write_table

Row = dict[str, str]
_FIRST = "文和康乐新兴华富永泰嘉惠锦云鹤松竹梅兰桂荷"
_SECOND = "德昌宁丰盛林泉溪岗村田湾塘岭景辉荣庆福祥瑞"


@dataclass(frozen=True, slots=True)
class Ground:
    """A district with its names, and a river that is grown in it."""

    district: District
    name_zh: str
    name_en: str
    river_zh: str
    river: tuple[Place, ...]

    @property
    def code(self) -> str:
        """Of its division."""
        return self.district.code

    @property
    def river_en(self) -> str:
        """Made-up rivers are called after their district."""
        return f"{self.name_en} river"


def random_of(seed: int, *parts: str) -> Random:
    """What is drawn for one thing depends on nothing that is drawn for another."""
    return Random("/".join((str(seed), *parts)))  # noqa: S311 - made-up data, not secrets


def read_ground(city: Path, packs: Path, *, seed: int) -> tuple[Ground, ...]:
    """Read the districts by code, with the names that the base map gives them."""
    with (packs / "base_map" / "data" / "district_borders.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: (row["name_zh"], row["name_en"]) for row in csv.DictReader(file)}
    found = []
    for district in read_districts(city):
        random = random_of(seed, district.code, "river")
        zh, en = names[district.code]
        word = random.choice(_FIRST) + random.choice(_SECOND) + ("河" if random.random() < 0.5 else "涌")
        name_zh, name_en = zh.removesuffix("区"), en.removesuffix(" District")
        found.append(Ground(district, name_zh, name_en, word, _river(district, random)))
    return tuple(found)


def _river(district: District, random: Random) -> tuple[Place, ...]:
    """The longest stretch inside the district of a waving line through its middle."""
    angle, wave = random.uniform(0, math.pi), random.uniform(0, math.tau)
    runs: list[list[Place]] = [[]]
    for along in range(-14_000, 14_001, 350):
        aside = 700 * math.sin(along / 2_300 + wave) + 260 * math.sin(along / 740)
        place = moved(
            district.centre,
            along * math.cos(angle) - aside * math.sin(angle),
            along * math.sin(angle) + aside * math.cos(angle),
        )
        if district.holds(place):
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return tuple(sorted(runs, key=_length)[-1])


def _length(run: list[Place]) -> int:
    return len(run)


def moved(place: Place, east: float, north: float) -> Place:
    """A place so many metres away."""
    lon, lat = place
    return (
        round(lon + east / (ABOUT_A_DEGREE * math.cos(math.radians(lat))), 5),
        round(lat + north / ABOUT_A_DEGREE, 5),
    )


def somewhere(ground: Ground, random: Random, *, spread: float = 4_000) -> Place:
    """A place inside the district, more likely near its middle."""
    for _ in range(200):
        place = moved(ground.district.centre, random.gauss(0, spread), random.gauss(0, spread))
        if ground.district.holds(place):
            return place
        spread *= 0.95
    return ground.district.centre


def beside(ground: Ground, share: float) -> Place:
    """A place on the river, at a share of its course."""
    return ground.river[min(int(share * len(ground.river)), len(ground.river) - 1)]


def course(places: Sequence[Place]) -> str:
    """A line as files bear it."""
    return "LINESTRING(" + ", ".join(f"{east} {north}" for east, north in places) + ")"


def point(place: Place) -> str:
    """A point as files bear it."""
    return f"{place[0]} {place[1]}"


def judged(path: Path, decision: str, context: Mapping[str, object]) -> Mapping[str, Json]:
    """What the pack's own table says, so that stations bear what pages work out."""
    answer = tables.judged(path.read_text(encoding="utf-8"), decision, context)
    if not isinstance(answer, dict):
        raise TypeError(decision)
    return answer


def write(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Write the file of a register."""
    write_table(folder / f"{name}.csv", rows)
