"""A building leads to its address and parcel, an address to who is there; land use is by its standard."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import yaml

from yiwang.kernel.codes import check_credit_code
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_examples, links_of, list_entries
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUSING = an_officer("land_housing", "handler", account=11)
PACKS = ("population", "legal_entity", "address_base", "places")


@pytest.fixture(autouse=True)
def _guard(monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor, **equal):
    asked = Asked(equal=equal, limit=1000, count="exact")
    return json.loads(list_entries(actor=actor, register=register, asked=asked, at=AT).body)


def test_d6_a_building_leads_to_its_address_and_parcel_and_an_address_to_who_is_there(db):
    apply_packs(ROOT / "packs", PACKS, at=AT)
    for pack in PACKS:
        enter_examples(ROOT / "packs" / pack, actor=Actor.system("examples"), at=AT)

    [building] = found("buildings", HOUSING, division="440104002002")
    links = links_of(actor=HOUSING, register="buildings", entry=building["entry"], at=AT)
    assert {link.register.code: len(link.entries) for link in links if link.direction == "to"} == {
        "divisions": 0, "addresses": 1, "parcels": 1,
    }  # fmt: skip

    police = an_officer("public_security", "handler", account=12)
    [address] = found("addresses", police, division="440104002002")
    links = links_of(actor=police, register="addresses", entry=address["entry"], at=AT)
    here = {link.register.code: len(link.entries) for link in links if link.direction == "from"}
    assert (here["persons"], here["households"], here["residences"]) == (1, 1, 0)
    assert {link.register.code for link in links if link.is_closed} >= {"buildings"}


def test_land_use_has_the_73_classes_of_the_standard():
    parcels = yaml.safe_load((ROOT / "packs" / "places" / "registers" / "parcels.yaml").read_text("utf-8"))
    [use] = [field for field in parcels["fields"] if field["name"] == "use"]
    codes = [value["code"] for value in use["codes"]]

    assert (len(codes), codes[0], codes[-1]) == (73, "0101", "1207")
    assert [len({code for code in codes if code[:2] == f"{first:02}"}) for first in range(1, 13)] == [
        3, 4, 7, 4, 7, 4, 2, 10, 6, 9, 10, 7,
    ]  # fmt: skip


def test_codes_of_the_examples_of_legal_entities_are_well_formed():
    for path in sorted((ROOT / "packs" / "legal_entity" / "examples").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text("utf-8"))["entries"]:
            for name in ("credit_code", "entity", "parent"):
                code = entry["values"].get(name)
                assert code is None or check_credit_code(code) is None, path.name
