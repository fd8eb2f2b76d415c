"""The demonstration's grid: grown the same for the same seed, under real codes, and without a fault."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest
from tests.layers import held

from yiwang.maps.grid.api import check_grid, read_grid
from yiwang.maps.grid.synthesis.growing import cells
from yiwang.maps.grid.synthesis.writing import grow_communities
from yiwang.platform import command as command_module
from yiwang.platform.environment import ROOT
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
#: Yuexiu: 222 communities on 33 square kilometres.
DISTRICT = "440104"


def _rows(pack: str, name: str) -> list[dict[str, str]]:
    with (ROOT / "packs" / pack / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    def fill() -> None:
        apply_packs(ROOT / "packs", ["city_grid"], at=AT, with_data=True)

    with held(fill, django_db_blocker):
        yield


def test_a11_cells_stand_under_the_codes_of_the_real_communities() -> None:
    real = {row["code"] for row in _rows("address_base", "divisions") if row["level"] == "community"}
    assert {row["code"] for row in _rows("city_grid", "community_borders")} == real
    found = _rows("city_grid", "grid_cells")
    assert {row["code"][:-3] for row in found} == real
    assert {row["made_up"] for row in found} == {"true"}


def test_a11_the_same_seed_grows_the_same_grid(db) -> None:
    grown = grow_communities(ROOT / "cities" / "guangzhou", ROOT / "packs", seed=7, only=DISTRICT)
    expected = [row for row in _rows("city_grid", "community_borders") if row["code"].startswith(DISTRICT)]
    assert [row["code"] for row in grown] == [row["code"] for row in expected]
    assert grown == expected
    first = grown[0]["code"]
    assert list(cells(grown[0], seed=7)) == [
        row for row in _rows("city_grid", "grid_cells") if row["code"].startswith(first)
    ]


def test_a11_a12_the_demonstrations_grid_has_no_fault(applied, db, monkeypatch) -> None:
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    read = read_grid(an_officer("urban_enforcement"), "city_grid", then=True)
    report = check_grid(read, within=DISTRICT, valid=date(2026, 11, 21), known=AT)
    of_district = [row for row in _rows("city_grid", "grid_cells") if row["code"].startswith(DISTRICT)]
    components = [row for row in _rows("city_grid", "grid_components") if row["code"].startswith(DISTRICT)]
    assert (report.cells, report.parents, report.components) == (len(of_district), 222, len(components))
    assert report.findings == ()
