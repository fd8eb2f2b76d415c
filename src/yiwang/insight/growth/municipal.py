"""Stations, lamps, service pipes, greens, old trees and inspections of the demonstration.

Lamps and service pipes lie along the made-up roads of the old town's districts, as pipes do, so that a city
starts fast; everything else is in each district.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from yiwang.insight.growth.ground import Ground, Row, course, moved, point, random_of, somewhere, write
from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.maps.synthesis.roads import Place

#: Kind, names, who runs it, capacity from and to in the unit of its kind.
_STATIONS = (
    ("water_works", "水厂", "water works", "JS01", 20, 80),
    ("water_pump", "加压泵站", "water pumping station", "JS01", 300, 2_000),
    ("gas_governor", "燃气调压站", "gas governor", "RQ01", 500, 5_000),
    ("heat_exchange", "热交换站", "heat exchanger", "RL01", 3, 20),
    ("lighting_cabinet", "照明配电箱", "lighting cabinet", "LD01", 20, 60),
    ("sewage_works", "污水处理厂", "sewage works", "PS02", 5, 50),
    ("sewage_pump", "污水泵站", "sewage pumping station", "PS02", 200, 3_000),
)
#: Which of the stations of a district lamps hang on.
_CABINET = 5
#: Kind, owner, materials, diameters, depths in metres.
_LINES = (
    ("JS", "JS01", ("steel", "polyethylene"), (50, 100), (0.7, 1.0)),
    ("WS", "PS02", ("pvc",), (200, 300), (1.0, 1.8)),
    ("RQ", "RQ01", ("polyethylene",), (63, 90), (0.7, 1.0)),
    ("RL", "RL01", ("steel",), (80, 125), (0.9, 1.3)),
    ("LD", "LD01", ("cable",), (50,), (0.5, 0.7)),
)
_GREENS = (
    ("G11", "公园", "Park", 240.0, "6:00—22:00"),
    ("G12", "社区公园", "Community Park", 90.0, "全天"),
    ("G14", "游园", "Pocket Park", 35.0, "全天"),
    ("G2", "防护绿地", "Green Buffer", 130.0, ""),
    ("G3", "广场", "Square", 60.0, "全天"),
)
_SPECIES = (
    ("榕树", "Ficus microcarpa"),
    ("木棉", "Bombax ceiba"),
    ("樟", "Camphora officinarum"),
    ("人面子", "Dracontomelon duperreanum"),
)
_FINDINGS = ("阀门渗漏（演示）", "围栏破损（演示）", "配电柜标识缺失（演示）")
#: Districts in which things along roads are grown, as pipes are.
_OLD_TOWN = frozenset({"440103", "440104"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A straight piece of a made-up road."""

    road: Mapping[str, str]
    serial: int
    begin: Place
    end: Place

    def at(self, share: float, aside: float) -> Place:
        """A place at a share of it, so many metres to its left."""
        (west, south), (east, north) = self.begin, self.end
        shrink = math.cos(math.radians(south))
        run, rise = (east - west) * shrink, north - south
        length = math.hypot(run, rise) or 1.0
        middle = (west + (east - west) * share, south + (north - south) * share)
        return moved(middle, -rise / length * aside, run / length * aside)


def grow(ground: Sequence[Ground], packs: Path, *, seed: int) -> None:
    """Write all files of the pack, along the roads of the base map."""
    folder = packs / "municipal_facilities" / "data"
    stations = list(_stations(ground, seed))
    write(folder, "facility_stations", stations)
    write(folder, "station_inspections", _inspections(stations, seed))
    pieces = list(_pieces(packs / "base_map" / "data" / "roads.csv"))
    write(folder, "street_lamps", _lamps(pieces, seed))
    write(folder, "branch_lines.parks", _lines(pieces, seed))
    write(folder, "green_spaces", _greens(ground, seed))
    write(folder, "heritage_trees", _trees(ground, seed))


def _stations(ground: Sequence[Ground], seed: int) -> Iterator[Row]:
    for each in ground:
        for serial, (kind, word, word_en, operator, least, most) in enumerate(_STATIONS, start=1):
            random = random_of(seed, each.code, "station", kind)
            yield {
                "code": f"CZ{each.code}-{serial:02d}",
                "name": f"{each.name_zh}{word}（演示）",
                "name_en": f"{each.name_en} {word_en} (demonstration)",
                "kind": kind,
                "division": each.code,
                "place": point(somewhere(each, random)),
                "operator": operator,
                "capacity": f"{random.randint(least, most)}",
                "year": f"{random.randint(1985, 2023)}",
                "state": random.choice(("running", "running", "running", "repair", "standby")),
                "made_up": "true",
            }


def _inspections(stations: Sequence[Row], seed: int) -> Iterator[Row]:
    for station in stations:
        random = random_of(seed, station["code"], "inspections")
        for month in (8, 10):
            day = date(2026, month, random.randint(1, 28))
            result = random.choice(("sound", "sound", "sound", "minor", "serious"))
            is_sound = result == "sound"
            term = timedelta(days=7 if result == "serious" else 30)
            yield {
                "number": f"XJ{day:%Y%m%d}-{station['code']}",
                "station": station["code"],
                "inspected_on": day.isoformat(),
                "result": result,
                "finding": "" if is_sound else random.choice(_FINDINGS),
                "due_on": "" if is_sound else (day + term).isoformat(),
                "state": "none" if is_sound else "closed" if month == 8 else "open",
                "made_up": "true",
            }


def _pieces(roads: Path) -> Iterator[_Piece]:
    with roads.open(encoding="utf-8", newline="") as file:
        for road in csv.DictReader(file):
            if road["division"] in _OLD_TOWN and road["class"] != "express":
                for serial, (begin, end) in enumerate(pairwise(_places(road["course"])), start=1):
                    yield _Piece(road, serial, begin, end)


def _places(line: str) -> list[Place]:
    """Places of ``LINESTRING(east north, …)``."""
    pairs = line.removeprefix("LINESTRING(").removesuffix(")").split(", ")
    return [(float(east), float(north)) for east, north in (pair.split() for pair in pairs)]


def _lamps(pieces: Sequence[_Piece], seed: int) -> Iterator[Row]:
    counted: dict[str, int] = {}
    for piece in pieces:
        random = random_of(seed, piece.road["code"], str(piece.serial), "lamps")
        district = piece.road["division"]
        counted[district] = counted.get(district, 0) + 1
        yield {
            "code": f"{district}0118{900_000 + counted[district]:06d}",
            "division": district,
            "road": piece.road["code"],
            "place": point(piece.at(random.random(), random.choice((-8.0, 8.0)))),
            "light": random.choice(("led", "led", "led", "sodium", "halide")),
            "watts": f"{random.choice((90, 120, 150, 250))}",
            "cabinet": f"CZ{district}-{_CABINET:02d}",
            "state": random.choice(("lit",) * 17 + ("dark", "dark", "damaged")),
            "made_up": "true",
        }


def _lines(pieces: Sequence[_Piece], seed: int) -> Iterator[Row]:
    for piece in pieces:
        random = random_of(seed, piece.road["code"], str(piece.serial), "branches")
        if random.random() < 0.4:
            continue
        yield _line(piece, random)


def _line(piece: _Piece, random: Random) -> Row:
    kind, owner, materials, diameters, depths = random.choice(_LINES)
    share, side = random.uniform(0.1, 0.8), random.choice((-1.0, 1.0))
    # A lighting cable runs along the kerb; a service pipe from the main across to a house.
    ends = (
        (piece.at(share, side * 8.5), piece.at(share + 0.15, side * 8.5))
        if kind == "LD"
        else (piece.at(share, side * 4), piece.at(share, side * 26))
    )
    return {
        "code": f"Z{kind}{piece.road['code']}{piece.serial:03d}",
        "kind": kind,
        "owner": owner,
        "division": piece.road["division"],
        "road": piece.road["code"],
        "material": random.choice(materials),
        "diameter": f"{random.choice(diameters)}",
        "depth": "" if random.random() < 0.04 else f"{random.uniform(*depths):.2f}",
        "year": f"{random.randint(1988, 2024)}",
        "course": course(ends),
        "made_up": "true",
    }


def _greens(ground: Sequence[Ground], seed: int) -> Iterator[Row]:
    for each in ground:
        for serial, (kind, word, word_en, radius, hours) in enumerate(_GREENS, start=1):
            random = random_of(seed, each.code, "green", kind)
            border = _border(each, random, radius)
            yield {
                "code": f"LD{each.code}-{serial:02d}",
                "name": f"{each.name_zh}{word}（演示）",
                "name_en": f"{each.name_en} {word_en} (demonstration)",
                "class": kind,
                "division": each.code,
                "square_metres": f"{_square_metres(border):.0f}",
                "care": random.choice("123"),
                "hours": hours,
                "border": "POLYGON((" + ", ".join(f"{east} {north}" for east, north in border) + "))",
                "made_up": "true",
            }


def _border(ground: Ground, random: Random, radius: float) -> list[Place]:
    """An uneven round border, wholly inside the district where there is room."""
    found: list[Place] = []
    for _ in range(40):
        middle = somewhere(ground, random, spread=3_000)
        reach = [radius * random.uniform(0.7, 1.15) for _ in range(14)]
        found = [
            moved(middle, far * math.cos(turn), far * math.sin(turn))
            for far, turn in ((far, math.tau * place / 14) for place, far in enumerate(reach))
        ]
        if all(ground.district.holds(place) for place in found):
            break
    return [*found, found[0]]


def _square_metres(border: Sequence[Place]) -> float:
    """By the shoelace rule on a plane: parks are small."""
    shrink = math.cos(math.radians(border[0][1]))
    doubled = sum(east * up - further * north for (east, north), (further, up) in pairwise(border))
    return abs(doubled) / 2 * ABOUT_A_DEGREE * ABOUT_A_DEGREE * shrink


def _trees(ground: Sequence[Ground], seed: int) -> Iterator[Row]:
    for each in ground:
        for serial in range(1, 4):
            random = random_of(seed, each.code, "tree", str(serial))
            species, latin = random.choice(_SPECIES)
            age = random.randint(100, 420)
            yield {
                "code": f"GS{each.code}{serial:03d}",
                "species": species,
                "species_latin": latin,
                "grade": "1" if age >= 300 else "2",
                "age": f"{age}",
                "girth": f"{random.randint(180, 620)}",
                "protected_radius": f"{random.choice((5, 8, 10))}",
                "division": each.code,
                "place": point(somewhere(each, random, spread=2_500)),
                "state": random.choice(("good", "good", "good", "weak", "dying")),
                "made_up": "true",
            }
