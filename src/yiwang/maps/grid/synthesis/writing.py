"""Writes the data of the pack ``city_grid``.

Reads ``districts.geojson`` of the city, the divisions of the pack ``address_base``, and borders and roads of
``base_map``; needs a database for PostGIS and writes nothing into it.
"""

from __future__ import annotations

import csv
from pathlib import Path

from yiwang.maps.grid.synthesis.components import components
from yiwang.maps.grid.synthesis.growing import Row, cells, communities
from yiwang.maps.synthesis.roads import read_districts
from yiwang.maps.synthesis.tables import write_table


def write(city: Path, packs: Path, *, seed: int) -> None:
    """Write ``community_borders.csv``, ``grid_cells.csv`` and ``grid_components.csv``."""
    areas = grow_communities(city, packs, seed=seed)
    found = [cell for area in areas for cell in cells(area, seed=seed)]
    roads = _read(packs / "base_map" / "data" / "roads.csv")
    folder = packs / "city_grid" / "data"
    write_table(folder / "community_borders.csv", areas)
    write_table(folder / "grid_cells.csv", found)
    write_table(folder / "grid_components.csv", list(components(roads, found, seed=seed)))


def grow_communities(city: Path, packs: Path, *, seed: int, only: str = "") -> list[Row]:
    """Grow the communities of all districts, or of one."""
    borders = {
        row["code"]: row["border"] for row in _read(packs / "base_map" / "data" / "district_borders.csv")
    }
    named = [
        (row["code"], row["name_zh"])
        for row in _read(packs / "address_base" / "data" / "divisions.csv")
        if row["level"] == "community"
    ]
    return [
        row
        for district in read_districts(city)
        if only in ("", district.code)
        for row in communities(
            district,
            borders[district.code],
            [each for each in named if each[0].startswith(district.code)],
            seed=seed,
        )
    ]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
