"""The base map: what the generator grows is what the pack brings, and lies where it says."""

from __future__ import annotations

import csv
from pathlib import Path

from yiwang.maps.synthesis import roads as grown
from yiwang.platform.environment import ROOT

DATA = ROOT / "packs" / "base_map" / "data"
CITY = ROOT / "cities" / "guangzhou"


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_d45_the_same_seed_grows_the_same_ground(tmp_path) -> None:
    grown.write(CITY, tmp_path, seed=7, scale=1.0)
    for name in ("roads.csv", "water_bodies.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()
    grown.write(CITY, tmp_path, seed=8, scale=1.0)
    assert (tmp_path / "roads.csv").read_bytes() != (DATA / "roads.csv").read_bytes()


def test_what_is_grown_lies_in_its_district_and_is_marked() -> None:
    districts = {each.code: each for each in grown.read_districts(CITY)}
    roads, waters = _rows(DATA, "roads.csv"), _rows(DATA, "water_bodies.csv")
    assert len(districts) == 11
    assert {row["division"] for row in roads} == set(districts)
    for row in roads:
        points = row["course"].removeprefix("LINESTRING(").removesuffix(")").split(", ")
        east, north = points[0].split()
        assert districts[row["division"]].holds((float(east), float(north)))
    assert {row["made_up"] for row in roads + waters} == {"true"}
