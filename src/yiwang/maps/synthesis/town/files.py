"""The data files of the packs, written from the grown town."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from yiwang.maps.synthesis.roads import read_districts
from yiwang.maps.synthesis.tables import write_table
from yiwang.maps.synthesis.town import geometry, housing, planning
from yiwang.maps.synthesis.town.buildings import built_on
from yiwang.maps.synthesis.town.planning import Row, door
from yiwang.maps.synthesis.town.plots import Centre, Parcel, Plot, grow

#: Main use of GB/T 21010-2017 for a land use of GB/T 50137-2011.
LAND_USE = {
    "R2": "0701", "B1": "0501", "B2": "0505", "A1": "0801", "A2": "0807", "A3": "0803", "A5": "0805",
    "M1": "0601", "W1": "0604", "S4": "1005", "U1": "0809", "G1": "0810",
}  # fmt: skip
_EMPTY_LAND = "1201"
#: Sequences from here on are given to made-up parcels and addresses only.
_FIRST_PARCEL, _FIRST_DOOR = 90_000, 90_000_000


class Town:
    """All rows by the file that they belong to (``pack/file``)."""

    def __init__(self, city: Path, *, seed: int) -> None:
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._names, communities = _communities(city)
        self._seed = seed
        self._parcels: Counter[str] = Counter()
        for centre in grow(read_districts(city), communities, seed=seed):
            self._take(centre)

    def _take(self, centre: Centre) -> None:
        def drawn(what: str) -> Random:
            """One for each table, so that a change of one leaves the others as they are."""
            return Random(f"{self._seed}/{centre.district}/{what}")  # noqa: S311 - made-up data, not secrets

        planned = list(planning.plan_rows(centre, drawn("plans")))
        projects = list(planning.project_rows(centre, planned, drawn("projects")))
        self.rows["urban_planning/planning_plots"] += [row for _, row in planned]
        conditions = planning.condition_rows(planned, drawn("conditions"))
        self.rows["urban_planning/planning_conditions"] += conditions
        self.rows["urban_planning/planned_projects"] += projects
        self.rows["urban_planning/control_lines"] += planning.line_rows(centre, drawn("lines"))
        self.rows["housing_land/land_supply"] += housing.supply_rows(centre, planned, drawn("supply"))
        self.rows["housing_land/presale_permits"] += housing.presale_rows(projects, drawn("presale"))
        self.rows["housing_land/property_areas"] += housing.service_rows(centre, planned, drawn("services"))
        buildings = drawn("buildings")
        for plot in centre.plots:
            for parcel in plot.parcels:
                self._take_parcel(centre, plot, parcel, buildings)

    def _take_parcel(self, centre: Centre, plot: Plot, parcel: Parcel, random: Random) -> None:
        community = parcel.community
        self._parcels[community] += 1
        nth = self._parcels[community]
        code = f"{community}GB{_FIRST_PARCEL + nth:05}"
        plate = f"{community}{_FIRST_DOOR + nth:08}"
        said = door(parcel.road, parcel.number)
        above = self._names[community[:6]]
        spot = centre.frame.point_text(geometry.middle(parcel.area))
        folder = "demonstration_ground"
        self.rows[f"{folder}/parcels.planning"].append(
            {
                "code": code,
                "division": community,
                "location": f"广州市{above}{said}",
                "right": "state_building",
                "land_area": f"{geometry.size(parcel.area):.0f}",
                "border": centre.frame.area_text(parcel.area),
                "use": _EMPTY_LAND if plot.state == "vacant" else LAND_USE[plot.use],
                "made_up": "true",
            }
        )
        full = f"广州市{above}{self._names[community[:9]]}{_short(self._names[community])}{said}"
        self.rows[f"{folder}/addresses.planning"].append(
            {
                "code": plate,
                "division": community,
                "road": parcel.road.name,
                "plate": f"{parcel.number}号",
                "full": full,
                "level": "plate",
                "point": spot,
                "status": "used",
                "origin": "synthetic",
            }
        )
        for building in built_on(plot, parcel, centre.grain, random):
            self.rows["demonstration_buildings/buildings.planning"].append(
                {
                    "code": f"{code}F{building.number:04}",
                    "name": f"{parcel.road.name}{parcel.number}号{building.number}栋",
                    "division": community,
                    "address": plate,
                    "parcel": code,
                    "use": building.kind.use,
                    "structure": building.kind.structure,
                    "storeys": str(building.storeys),
                    "storeys_below": str(building.below),
                    "floor_area": f"{building.floor_area:.0f}",
                    "year": str(building.year),
                    "outline": centre.frame.area_text(building.area),
                    "made_up": "true",
                }
            )

    def write(self, packs: Path) -> Iterator[Path]:
        """Write all files below a folder of packs; gives each."""
        for name, rows in self.rows.items():
            pack, _, file = name.partition("/")
            path = packs / pack / "data" / f"{file}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_table(path, rows)
            yield path


def _communities(city: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Names of divisions by code, and the communities of each district."""
    names: dict[str, str] = {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    with (city / "divisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names[row["code"]] = row["name_zh"]
            if row["level"] == "community":
                found[row["code"][:6]].append(row["code"])
    return names, found


def _short(name: str) -> str:
    """As a community is called in an address."""
    for office in ("居民委员会", "村民委员会", "居委会", "村委会"):
        name = name.removesuffix(office)
    return name
