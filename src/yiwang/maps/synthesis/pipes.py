"""Grows pipes along made-up roads: the same for the same seed, marked so.

``python -m yiwang.maps.synthesis.pipes ROADS.csv FOLDER --seed 7`` writes the files of the pack
``underground_pipes``. Kinds lie beside the road's centre line in an order like that of GB 50289: power and
gas on one side, water and telecom on the other, rain and sewage towards the middle.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.maps.synthesis.tables import places_of, write_table

Place = tuple[float, float]
Row = dict[str, str]
#: What is grown lies in the old town's districts only, so that a city starts fast.
DISTRICTS = frozenset({"440103", "440104"})
_FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind lies: who brings it, metres beside the centre line, share of roads, depths."""

    letters: str
    writer: str
    aside: float
    share: float
    depth: tuple[float, float]
    materials: tuple[str, ...]
    diameters: tuple[int, ...]
    pressures: tuple[str, ...]
    point: str
    owners: tuple[str, ...]


_KINDS = (
    _Kind("JS", "parks", 5.0, 0.95, (0.8, 1.4), ("ductile_iron", "steel", "polyethylene"), (200, 300, 600),
          ("low",), "valve", ("JS01",)),
    _Kind("YS", "parks", -1.5, 0.8, (1.2, 2.6), ("concrete",), (600, 800, 1000, 1500), ("gravity",),
          "gully", ("PS01",)),
    _Kind("WS", "parks", 1.8, 0.85, (1.8, 4.2), ("concrete", "pvc"), (300, 400, 600, 800), ("gravity",),
          "well", ("PS02",)),
    _Kind("RQ", "parks", -5.0, 0.55, (0.8, 1.3), ("steel", "polyethylene"), (110, 160, 200, 300),
          ("low", "medium"), "valve", ("RQ01",)),
    _Kind("RL", "", 3.4, 0.06, (1.0, 1.8), ("steel",), (200, 300), ("low", "medium"), "valve", ("RL01",)),
    _Kind("DL", "planning", -7.0, 0.7, (0.7, 1.5), ("cable",), (150, 200, 400), (), "manhole", ("DL01",)),
    _Kind("TX", "planning", 7.0, 0.75, (0.6, 1.2), ("fibre", "pvc"), (110, 220, 330), (), "manhole",
          ("TX01", "TX02")),
    _Kind("GY", "", -3.2, 0.05, (1.0, 2.2), ("steel",), (150, 250), ("medium", "high"), "valve", ("GY01",)),
)  # fmt: skip
_BUILDERS = (
    "市自来水公司（演示）",
    "市燃气公司（演示）",
    "市排水公司（演示）",
    "供电局（演示）",
    "通信管道公司（演示）",
)
#: Whom to ask of each builder, as the register of owners has it.
_OFFICES = ("管网管理部", "安全技术部", "设施科", "输配电部", "管道资源部")
_PURPOSES = ("更换老旧管道", "新建支管接入", "电缆入地", "雨污分流改造", "通信管道扩容")


def pipes(roads: Sequence[Mapping[str, str]], *, seed: int) -> Iterator[tuple[str, Row, list[Place]]]:
    """Give the writer, row and course of each piece of pipe."""
    for road in roads:
        if road["division"] not in DISTRICTS:
            continue
        random = Random(f"{seed}/{road['code']}/pipes")  # noqa: S311 - made-up data, not secrets
        line = read_line(road["course"])
        for kind in _KINDS:
            if random.random() < kind.share:
                yield from _along(road, kind, line, random)


def _along(
    road: Mapping[str, str], kind: _Kind, line: Sequence[Place], random: Random
) -> Iterator[tuple[str, Row, list[Place]]]:
    owner, year = random.choice(kind.owners), random.randint(1978, 2024)
    material, diameter = random.choice(kind.materials), random.choice(kind.diameters)
    pressure = random.choice(kind.pressures) if kind.pressures else ""
    course = _beside(line, kind.aside * (0.7 if road["class"] == "branch" else 1.4))
    depth = random.uniform(*kind.depth)
    for serial, piece in enumerate(pairwise(course), start=1):
        after = min(max(depth + random.uniform(-0.25, 0.3), kind.depth[0]), kind.depth[1] + 0.5)
        is_known = random.random() > 0.03
        row = {
            "code": f"{kind.letters}{road['code']}{serial:03d}",
            "kind": kind.letters,
            "owner": owner,
            "division": road["division"],
            "road": road["code"],
            "material": material,
            "diameter": str(diameter),
            "depth_from": f"{depth:.2f}" if is_known else "",
            "depth_to": f"{after:.2f}" if is_known else "",
            "year": str(year),
            "pressure": pressure,
            "sharing": "on_request" if kind.letters in {"DL", "GY"} else "shared",
            "course": f"LINESTRING({places_of(piece)})",
            "made_up": "true",
        }
        yield kind.writer, row, list(piece)
        depth = after


def points(grown: Sequence[tuple[str, Row, list[Place]]], *, seed: int) -> Iterator[tuple[str, Row]]:
    """A point at the beginning of every third piece."""
    feature = {kind.letters: kind.point for kind in _KINDS}
    random = Random(f"{seed}/points")  # noqa: S311
    for writer, pipe, piece in grown[::3]:
        depth = float(pipe["depth_from"] or 1.5) + random.uniform(0.3, 0.8)
        yield (
            writer,
            {
                "code": f"D{pipe['code']}",
                "feature": feature[pipe["kind"]],
                "pipe": pipe["code"],
                "division": pipe["division"],
                "depth": f"{depth:.2f}",
                "place": f"POINT({places_of(piece[:1])})",
                "made_up": "true",
            },
        )


def openings(roads: Sequence[Mapping[str, str]], *, seed: int) -> Iterator[Row]:
    """A stretch of every fifth road, within 2026 and 2027; on every fifth of them a second one soon after."""
    chosen = [road for road in roads if road["division"] in DISTRICTS][::5]
    for serial, road in enumerate(chosen, start=1):
        random = Random(f"{seed}/{road['code']}/openings")  # noqa: S311
        line = read_line(road["course"])[:2]
        begins = _FIRST_DAY + timedelta(days=random.randint(0, 700))
        kind = random.randrange(len(_BUILDERS))
        ends = begins + timedelta(days=random.randint(10, 120))
        opening = {
            "code": f"DL2026{serial:04d}",
            "road": road["code"],
            "division": road["division"],
            "builder": _BUILDERS[kind],
            "purpose": _PURPOSES[(kind + 1) % len(_PURPOSES)],
            "begins": begins.isoformat(),
            "ends": ends.isoformat(),
            "state": random.choice(("planned", "planned", "permitted")),
            "ground": _strip(line, 3.0, -3.0),
            "made_up": "true",
            "address": road["name"],
            "contact": _OFFICES[kind],
        }
        yield opening
        if serial % 5 == 0:
            other = (kind + 2) % len(_BUILDERS)
            yield opening | {
                "code": f"DL2026{serial:04d}B",
                "builder": _BUILDERS[other],
                "purpose": _PURPOSES[(other + 1) % len(_PURPOSES)],
                "begins": (ends + timedelta(days=6)).isoformat(),
                "ends": (ends + timedelta(days=40)).isoformat(),
                "state": "planned",
                "ground": _strip(line, 7.0, 4.0),
                "contact": _OFFICES[other],
            }


def _strip(line: Sequence[Place], left: float, right: float) -> str:
    """Ground along a line, from so many metres on its left to so many (less than none: on its right)."""
    one, other = _beside(line, left), _beside(line, right)
    return f"POLYGON(({places_of([*one, *reversed(other), one[0]])}))"


def read_line(text: str) -> list[Place]:
    """Places of ``LINESTRING(east north, …)``."""
    inner = text.removeprefix("LINESTRING(").removesuffix(")")
    return [(float(east), float(north)) for east, north in (pair.split() for pair in inner.split(", "))]


def _beside(line: Sequence[Place], metres: float) -> list[Place]:
    """A line so many metres to the left of another (to the right when negative)."""
    found = []
    for place, (east, north) in enumerate(line):
        before, after = line[max(place - 1, 0)], line[min(place + 1, len(line) - 1)]
        shrink = math.cos(math.radians(north))
        run, rise = (after[0] - before[0]) * shrink, after[1] - before[1]
        length = math.hypot(run, rise) or 1.0
        found.append(
            (
                round(east - rise / length * metres / ABOUT_A_DEGREE / shrink, 6),
                round(north + run / length * metres / ABOUT_A_DEGREE, 6),
            )
        )
    return found


def write(roads: Path, folder: Path, *, seed: int) -> None:
    """Write all files."""
    with roads.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    grown = list(pipes(known, seed=seed))
    files: dict[str, list[Row]] = {}
    for writer, row, _ in grown:
        files.setdefault(f"pipes.{writer}".rstrip("."), []).append(row)
    for writer, row in points(grown, seed=seed):
        files.setdefault(f"pipe_points.{writer}".rstrip("."), []).append(row)
    files["road_openings"] = list(openings(known, seed=seed))
    for name, rows in files.items():
        write_table(folder / f"{name}.csv", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roads", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write(given.roads, given.folder, seed=given.seed)
