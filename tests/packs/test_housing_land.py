"""Housing and land: what is for sale and what is given out is public, escrow accounts are not."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import pytest

from yiwang.maps.api import read_layers
from yiwang.platform import command as command_module
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, list_entries
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
HOUSING = an_officer("land_housing", "handler", account=11)


@pytest.fixture
def city(db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    apply_packs(ROOT / "packs", ["housing_land"], at=AT, with_data=True)


def found(register, actor):
    asked = Asked(limit=1000, count="exact")
    return [
        row["values"]
        for row in json.loads(list_entries(actor=actor, register=register, asked=asked, at=AT).body)
    ]


def test_everybody_sees_what_is_for_sale_and_only_the_office_where_the_money_lies(city):
    public, office = found("presale_permits", None), found("presale_permits", HOUSING)

    assert len(public) == len(office) == 29
    assert {row["escrow"] for row in public} == {None}
    assert None not in {row["escrow"] for row in office}
    assert all(0 <= row["unsold"] <= row["units"] for row in public)
    layers = read_layers(None, ("presale_permits", "land_supply", "property_areas"))
    assert [each.is_everybodys for each in layers] == [True, True, True]
    assert "escrow" not in layers[0].drawn.columns


def test_nothing_is_sold_before_its_works_are_permitted():
    """Urban Real Estate Administration Law, Art. 45: no sale before completion without the works permit."""
    folder = ROOT / "packs"
    with (folder / "urban_planning/data/planned_projects.csv").open(encoding="utf-8", newline="") as file:
        stages = {row["code"]: row["stage"] for row in csv.DictReader(file)}
    with (folder / "housing_land/data/presale_permits.csv").open(encoding="utf-8", newline="") as file:
        sold = {stages[row["project"]] for row in csv.DictReader(file)}

    assert sold == {"works_permit", "building", "accepted"}
