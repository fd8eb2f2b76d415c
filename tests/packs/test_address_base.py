"""Divisions are the city's; registers that belonged to the pack of places go on as they were."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from yiwang.exchange.api import issue_grant, request_data
from yiwang.exchange.contracts import Purpose
from yiwang.kernel.text import Text
from yiwang.maps.addresses.indexing import make_index
from yiwang.maps.addresses.models import Door
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.packs.models import AppliedDefinition, AppliedPack
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.api import (
    Asked,
    amend_entry,
    enter_examples,
    links_of,
    list_entries,
    open_history,
    report_of,
)
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
POLICE = an_officer("public_security", "handler", account=12)
HOUSING = an_officer("land_housing", "handler", account=11)
TAX = an_officer("local_tax", "handler", account=13)
REGISTERS = ("divisions", "addresses", "address_names", "parcels", "buildings")
PLATE = "44010400200200000001"


@pytest.fixture(autouse=True)
def _guard(monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor, **equal):
    asked = Asked(equal=equal, limit=1000, count="exact")
    return json.loads(list_entries(actor=actor, register=register, asked=asked, at=AT).body)


def test_divisions_of_the_pack_are_those_of_the_city():
    city, pack = ROOT / "cities" / "guangzhou" / "divisions.csv", ROOT / "packs" / "address_base" / "data"

    assert (pack / "divisions.csv").read_bytes() == city.read_bytes()


def test_divisions_are_entered_and_open_to_everybody(db):
    apply_packs(ROOT / "packs", ["address_base"], at=AT, with_data=True)
    counts = {level: len(found("divisions", None, level=level)) for level in ("city", "district", "street")}
    shamian = found("divisions", None, parent="440103001")

    assert counts == {"city": 1, "district": 11, "street": 178}
    assert shamian[0]["values"]["name_zh"] == "翠洲社区居民委员会"


def test_the_address_base_needs_no_other_pack_and_places_need_it():
    assert list(load(ROOT / "packs", ["address_base"]).manifests) == ["address_base"]
    assert list(load(ROOT / "packs", ["places"]).manifests) == ["address_base", "places"]


@pytest.fixture
def before(db, tmp_path):
    """A city whose pack of places held everything: rows, a corrected one, a grant, the index of addresses."""
    one = tmp_path / "places"
    for pack in ("address_base", "places"):
        shutil.copytree(ROOT / "packs" / pack, one, dirs_exist_ok=True)
    manifest = (one / "pack.toml").read_text(encoding="utf-8")
    (one / "pack.toml").write_text(manifest.replace('["address_base"]', "[]"), encoding="utf-8")
    rows = (one / "data" / "divisions.csv").read_text(encoding="utf-8").splitlines()[:5]
    (one / "data" / "divisions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for number, name in enumerate(("parcels", "buildings"), start=1):  # after the addresses that they name
        (one / "examples" / f"{number}-{name}.yaml").rename(one / "examples" / f"{number + 3}-{name}.yaml")
    apply_packs(tmp_path, ["places"], at=AT, with_data=True)
    enter_examples(one, actor=Actor.system("examples"), at=AT)
    [plate] = found("addresses", POLICE, code=PLATE)
    amend_entry(
        actor=POLICE, at=AT, register="addresses", entry=plate["entry"], version=1,
        values={"postcode": "510030"}, kind="change",
    )  # fmt: skip
    issue_grant(
        actor=an_officer("public_security", "approver", account=14), at=AT, resource="address_point",
        grantee="local_tax", fields=("code", "point"), purpose="enforcement",
        legal_basis=Text("税收征管", "Collection of taxes"),
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
    )  # fmt: skip
    make_index(AT)
    return tmp_path


def everything():
    """What the city holds and gives, through its doors."""
    [plate] = found("addresses", POLICE, code=PLATE)
    [house] = found("buildings", HOUSING, division="440104002002")
    history = open_history(actor=POLICE, at=LATER, register="addresses", entry=plate["entry"], reason="核对")
    links = links_of(actor=HOUSING, register="buildings", entry=house["entry"], at=AT)
    asked = request_data(
        actor=TAX, at=LATER, resource="address_point", key=PLATE, fields=("code", "point"),
        purpose=Purpose(kind="enforcement", reference="稽查2026-1"),
    )  # fmt: skip
    return (
        {code: found(code, HOUSING if code in REGISTERS[3:] else POLICE) for code in REGISTERS},
        [(line.version, line.act, dict(line.values)) for line in history],
        {link.register.code: link.entries for link in links},
        asked.values,
        sorted(Door.objects.values_list("code", "full")),
    )


def test_registers_that_belonged_to_places_move_with_rows_history_links_and_rights(before):
    held, versions = everything(), dict(AppliedDefinition.objects.values_list("code", "version"))
    loaded = load(ROOT / "packs", ["places"])
    del loaded.definitions["data", "divisions"]  # shortened above
    AppliedDefinition.objects.filter(kind="data").delete()
    plan = make_plan(loaded)

    moved = {
        "divisions", "addresses", "address_names", "standard_address", "address_point", "division_codes",
    }  # fmt: skip
    assert {(change.op, change.pack, change.code) for change in plan.changes} == {
        ("move", "address_base", code) for code in moved
    }
    assert plan.destructive == ()
    [told] = [each for each in report_of(plan, at=LATER) if each["code"] == "addresses"]
    assert (told["op"], told["breaks"], told["hits"]) == ("move", [], [])
    assert told["steps"] == [
        {
            "zh": "由业务包places转到address_base，已有的数据、历史和权限不动",
            "en": "Moves from the pack places to address_base; rows, history and rights stay",
        }
    ]

    assert apply_plan(actor=Actor.system("apply"), at=LATER, loaded=loaded, plan=plan) == len(moved)

    assert everything() == held
    live = AppliedDefinition.objects.filter(retired_at=None)
    assert {row.code for row in live if row.pack == "address_base"} == moved
    assert {row.code: row.version for row in live} == {row.code: versions[row.code] for row in live}
    assert sorted(AppliedPack.objects.values_list("name", flat=True)) == ["address_base", "places"]
    assert make_plan(loaded).is_empty


def test_rows_that_came_with_a_pack_are_not_entered_again_when_they_move(before):
    known = found("divisions", POLICE)
    apply_packs(ROOT / "packs", ["places"], at=LATER, with_data=True)

    # the file is longer than what was entered from it before: what was there is there once, as it was
    assert [found("divisions", POLICE, code=each["values"]["code"]) for each in known] == [
        [each] for each in known
    ]
    assert AppliedDefinition.objects.get(kind="data", code="divisions").pack == "address_base"
