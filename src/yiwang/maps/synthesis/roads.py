"""Grows a plausible ground inside real districts: roads and waters, the same for the same seed, marked so.

``python -m yiwang.maps.synthesis.roads CITY FOLDER --scale 1 --seed 7`` reads ``CITY/districts.geojson`` and
writes ``roads.csv`` and ``water_bodies.csv`` for the pack ``base_map``. ``--scale`` draws the net of roads
closer and adds waters.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.maps.synthesis.tables import places_of, write_table

Place = tuple[float, float]
Ring = tuple[Place, ...]
_STEP = 150.0
#: Bands of latitude a degree.
_BANDS = 400
_FIRST = "文明和平康乐新光兴华富永安泰嘉惠东南西北锦云鹤松柏竹梅兰桂荷"
_SECOND = "德昌宁丰盛林泉溪桥岗村园田江湾塘岭门庭阳景辉荣庆福寿祥瑞"
#: Class, words after the name, lanes, metres between two, metres that they reach.
_CLASSES = (
    ("express", "快速路", 8, 9_000.0, 60_000.0),
    ("main", "大道", 6, 3_000.0, 16_000.0),
    ("secondary", "路", 4, 1_300.0, 7_000.0),
    ("branch", "街", 2, 550.0, 2_200.0),
)
_WATERS = (("reservoir", "水库", 420.0, 900.0), ("lake", "湖", 160.0, 380.0), ("pond", "塘", 40.0, 120.0))


@dataclass(frozen=True)
class District:
    """A district with its outer and inner borders, in degrees."""

    code: str
    centre: Place
    polygons: tuple[tuple[Ring, ...], ...]

    @cached_property
    def _bands(self) -> Mapping[int, list[tuple[Place, Place]]]:
        """Pieces of border by the bands of latitude that they cross."""
        found: dict[int, list[tuple[Place, Place]]] = {}
        for ring in (ring for polygon in self.polygons for ring in polygon):
            for piece in zip(ring, ring[1:] + ring[:1], strict=True):
                low, high = sorted((piece[0][1], piece[1][1]))
                for band in range(int(low * _BANDS), int(high * _BANDS) + 1):
                    found.setdefault(band, []).append(piece)
        return found

    def holds(self, place: Place) -> bool:
        """Whether a place lies in it: by crossings with its borders."""
        (x, y), inside = place, False
        for (x1, y1), (x2, y2) in self._bands.get(int(y * _BANDS), ()):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside


def read_districts(city: Path) -> tuple[District, ...]:
    """Read the districts of a city's folder, by code."""
    found = json.loads((city / "districts.geojson").read_text(encoding="utf-8"))["features"]
    return tuple(sorted((_district(each) for each in found), key=lambda each: each.code))


def _district(feature: dict[str, dict[str, object]]) -> District:
    said, shape = feature["properties"], feature["geometry"]
    raw = json.loads(json.dumps(shape["coordinates"]))
    polygons = [raw] if shape["type"] == "Polygon" else raw
    east, north = json.loads(json.dumps(said["label_point"]))
    rings = tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons)
    return District(str(said["code"]), (east, north), rings)


def _ring(raw: Sequence[Sequence[float]]) -> Ring:
    places = [(round(east, 6), round(north, 6)) for east, north in raw]
    return tuple(each for place, each in enumerate(places) if place == 0 or each != places[place - 1])


def roads(districts: Sequence[District], *, seed: int, scale: float) -> Iterator[dict[str, str]]:
    """Rows of the register ``roads``: a turned and waving grid in each district, closer at its centre."""
    for district in districts:
        random = Random(f"{seed}/{district.code}/roads")  # noqa: S311 - made-up data, not secrets
        turned, serial = _turn(random), 0
        for name, word, lanes, apart, reach in _CLASSES:
            for angle in (turned, turned + math.pi / 2):
                for line in _lines(district, random, angle, apart / math.sqrt(scale), reach):
                    serial += 1
                    yield {
                        "code": f"R{district.code}{serial:05d}",
                        "name": random.choice(_FIRST) + random.choice(_SECOND) + word,
                        "division": district.code,
                        "class": name,
                        "lanes": str(lanes),
                        "course": f"LINESTRING({places_of(line)})",
                        "made_up": "true",
                    }


def turn_of(district: District, *, seed: int) -> float:
    """By how much the roads of a district are turned from east, in radians."""
    return _turn(Random(f"{seed}/{district.code}/roads"))  # noqa: S311 - made-up data, not secrets


def _turn(random: Random) -> float:
    return random.uniform(-0.3, 0.3)


def _lines(
    district: District, random: Random, angle: float, apart: float, reach: float
) -> Iterator[list[Place]]:
    many = int(reach / apart)
    for number in range(-many, many + 1):
        beside, wave = number * apart + random.uniform(-0.2, 0.2) * apart, random.uniform(0, math.tau)
        run: list[Place] = []
        for along in range(int(-reach / _STEP), int(reach / _STEP) + 1):
            forward = along * _STEP
            aside = beside + math.sin(forward / 2_600 + wave) * apart * 0.12
            place = _moved(
                district.centre,
                forward * math.cos(angle) - aside * math.sin(angle),
                forward * math.sin(angle) + aside * math.cos(angle),
            )
            if district.holds(place):
                run.append(place)
                continue
            yield from _long_enough(run)
            run = []
        yield from _long_enough(run)


def _long_enough(run: list[Place]) -> Iterator[list[Place]]:
    if len(run) >= 6:
        yield run[::3] + ([run[-1]] if (len(run) - 1) % 3 else [])


def waters(districts: Sequence[District], *, seed: int, scale: float) -> Iterator[dict[str, str]]:
    """Rows of the register ``water_bodies``: round shores inside each district."""
    for district in districts:
        random = Random(f"{seed}/{district.code}/waters")  # noqa: S311 - made-up data, not secrets
        for serial in range(1, round(9 * scale) + 1):
            kind, word, least, most = _WATERS[min(serial % 4, 2)]
            centre = _moved(district.centre, random.gauss(0, 6_000), random.gauss(0, 6_000))
            shore = _shore(random, centre, random.uniform(least, most))
            name = random.choice(_FIRST) + random.choice(_SECOND) + word
            if all(district.holds(place) for place in shore):
                yield {
                    "code": f"W{district.code}{serial:05d}",
                    "name": name,
                    "division": district.code,
                    "kind": kind,
                    "surface": f"POLYGON(({places_of([*shore, shore[0]])}))",
                    "made_up": "true",
                }


def _shore(random: Random, centre: Place, radius: float) -> list[Place]:
    long, turned, wave = random.uniform(1, 1.9), random.uniform(0, math.pi), random.uniform(0, math.tau)
    shore = []
    for corner in range(28):
        around = corner / 28 * math.tau
        out = radius * (1 + 0.18 * math.sin(3 * around + wave) + random.uniform(-0.05, 0.05))
        east, north = out * long * math.cos(around), out * math.sin(around)
        shore.append(
            _moved(
                centre,
                east * math.cos(turned) - north * math.sin(turned),
                east * math.sin(turned) + north * math.cos(turned),
            )
        )
    return shore


def _moved(place: Place, east: float, north: float) -> Place:
    lon, lat = place
    return (
        round(lon + east / (ABOUT_A_DEGREE * math.cos(math.radians(lat))), 5),
        round(lat + north / ABOUT_A_DEGREE, 5),
    )


def write(city: Path, folder: Path, *, seed: int, scale: float) -> None:
    """Write both files."""
    districts = read_districts(city)
    files = {
        "roads": roads(districts, seed=seed, scale=scale),
        "water_bodies": waters(districts, seed=seed, scale=scale),
    }
    for name, rows in files.items():
        write_table(folder / f"{name}.csv", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("city", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args()
    write(given.city, given.folder, seed=given.seed, scale=given.scale)
