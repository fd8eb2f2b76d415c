"""Planning: the ground is the same for a seed and holds together; plans and indices are open."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import pytest
import yaml
from tests.layers import held

from yiwang.maps.api import read_layers
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.synthesis.town import geometry
from yiwang.maps.synthesis.town.files import Town
from yiwang.maps.synthesis.town.planning import INDICES
from yiwang.maps.synthesis.town.plots import USES
from yiwang.platform import command as command_module
from yiwang.platform import sql
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, list_entries
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
PACKS = ROOT / "packs"
PLANNING = an_officer("planning", "handler", account=11)
STRANGER = an_officer("tourism", "handler", account=13)
MADE = ("demonstration_ground", "demonstration_buildings", "urban_planning", "housing_land")


def rows(path):
    with (PACKS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(lambda: apply_packs(PACKS, ["urban_planning"], at=AT, with_data=True), django_db_blocker):
        yield


@pytest.fixture
def city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor, **equal):
    asked = Asked(equal=equal, limit=1000, count="exact")
    return json.loads(list_entries(actor=actor, register=register, asked=asked, at=AT).body)


def test_d45_the_same_seed_grows_the_same_plots_parcels_and_buildings(tmp_path):
    written = list(Town(ROOT / "cities" / "guangzhou", seed=7).write(tmp_path))

    assert {path.parts[-3] for path in written} == set(MADE)
    for path in written:
        assert path.read_bytes() == (PACKS / path.relative_to(tmp_path)).read_bytes(), path.name


def test_what_is_grown_bears_valid_codes_and_is_marked_made_up():
    parcels = rows("demonstration_ground/data/parcels.planning.csv")
    buildings = rows("demonstration_buildings/data/buildings.planning.csv")
    divisions = rows("address_base/data/divisions.csv")
    communities = {row["code"] for row in divisions if row["level"] == "community"}

    assert (len(parcels), len(buildings)) == (1797, 3497)
    assert {row["division"] for row in parcels} <= communities
    assert {row["code"][:19] for row in buildings} <= {row["code"] for row in parcels}
    assert {row["code"][:12] == row["division"] for row in parcels} == {True}
    marked = parcels + buildings + rows("urban_planning/data/planning_plots.csv")
    assert {row["made_up"] for row in marked} == {"true"}


def test_every_plot_keeps_the_limits_of_its_land_use_and_greening_with_building_fit_the_ground():
    for row in rows("urban_planning/data/planning_plots.csv"):
        far, density, greening, height = INDICES[row["use"]]
        assert far[0] <= float(row["far"]) <= far[1], row["code"]
        assert density[0] <= int(row["density"]) <= density[1]
        assert greening[0] <= int(row["greening"]) <= greening[1]
        assert height[0] - 1 <= int(row["height"]) <= height[1]
        # what is built over and what is green lie beside each other
        assert int(row["density"]) + int(row["greening"]) <= 100


def test_land_uses_are_codes_of_the_register_and_have_a_colour():
    register = yaml.safe_load((PACKS / "urban_planning/registers/planning_plots.yaml").read_text("utf-8"))
    layer = yaml.safe_load((PACKS / "urban_planning/layers/planning_plots.yaml").read_text("utf-8"))
    [use] = [field for field in register["fields"] if field["name"] == "use"]
    coloured = {value["value"] for value in layer["style"]["values"]}

    assert set(USES) == coloured
    assert coloured <= {value["code"] for value in use["codes"]}


def test_no_conditions_no_supply_article_38_of_the_planning_law():
    """Every plot whose land is offered bears conditions that were given for it."""
    plots = {row["code"]: row for row in rows("urban_planning/data/planning_plots.csv")}
    numbers = {row["number"]: row["plot"] for row in rows("urban_planning/data/planning_conditions.csv")}
    offered = [r for r in rows("housing_land/data/land_supply.csv") if r["state"] == "announced"]

    assert {plots[row["plot"]]["conditions"] for row in offered} <= set(numbers)
    assert {code: numbers[row["conditions"]] for code, row in plots.items() if row["conditions"]} == {
        code: code for code, row in plots.items() if row["conditions"]
    }


def test_documents_bear_the_year_of_their_day_and_a_unit_has_one_plan():
    plots = rows("urban_planning/data/planning_plots.csv")
    dated = [
        *((row["plan_number"], row["approved_on"]) for row in plots),
        *((r["number"], r["issued_on"]) for r in rows("urban_planning/data/planning_conditions.csv")),
        *((r["number"], r["issued_on"]) for r in rows("housing_land/data/presale_permits.csv")),
        *((r["permit"], r["published_on"]) for r in rows("urban_planning/data/planned_projects.csv")),
    ]
    plans = {(row["unit"], row["plan_number"], row["approved_on"]) for row in plots}

    assert [(number, day) for number, day in dated if number and day[:4] not in number] == []
    assert len(plans) == len({unit for unit, _, _ in plans})


def test_d45_a_citizen_sees_plans_projects_and_indices_of_conditions_but_not_the_rest(city):
    assert len(found("planning_plots", None)) == 958
    assert {row["values"]["stage"] for row in found("planned_projects", None)} == {
        "proposed", "land_permit", "works_permit", "building", "accepted",
    }  # fmt: skip
    for reader in (None, STRANGER):
        conditions = [row["values"] for row in found("planning_conditions", reader)]
        assert len(conditions) == 68
        assert {row[name] for row in conditions for name in ("setback", "parking", "facilities")} == {None}
        assert None not in {row[name] for row in conditions for name in ("use", "far", "valid_until")}
    kept = [row["values"] for row in found("planning_conditions", PLANNING)]
    assert None not in {row[name] for row in kept for name in ("setback", "parking", "facilities")}


def test_layers_of_planning_are_for_everybody(city):
    codes = ("planning_plots", "control_lines", "planned_projects")
    assert [each.is_everybodys for each in read_layers(None, codes)] == [True, True, True]
    with pytest.raises(LayerNotFound):
        read_layers(None, ("planning_conditions",))


def test_plots_lie_beside_each_other_and_not_in_roads(city):
    """No two plots share ground (more than 25 m² by rounding), so what is planned adds up."""
    [[count]] = sql.fetch(
        "SELECT count(*) FROM reg.planning_plots a JOIN reg.planning_plots b "
        "ON a.code < b.code AND a.border && b.border AND ST_Area(ST_Intersection(a.border, b.border)) > 2e-9"
    )
    assert count == 0


def test_a_road_cuts_an_area_in_two_and_takes_its_width():
    square = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
    road = geometry.Line.between((-50.0, 50.0), (150.0, 50.0))
    parts = geometry.cut(square, road, 10.0)

    assert [round(geometry.size(part)) for part in parts] == [4000, 4000]
    assert geometry.cut(square, geometry.Line.between((-50.0, 120.0), (150.0, 120.0)), 10.0) == (square,)
