"""Leases are filed with their papers, enter a register of their own, and stay with the office."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from tests.layers import held

from yiwang.cases import api as cases
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.models import Case, Licence
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.api import load_city
from yiwang.identity.testing import a_citizen
from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.kernel.errors import InvalidInput
from yiwang.packs.api import load
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_examples, links_of, list_entries, list_reach
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

NEXT = MONDAY + timedelta(days=1)
HOUSING = an_officer("land_housing", "handler", account=42)
STRANGER = an_officer("tourism", "handler", account=43)
PACKS = ["population", "legal_entity", "housing_land"]
TENANT = make_resident_id("440199", date(1990, 5, 17), 21)
ANSWERS = {
    "landlord": "何样本", "landlord_id": make_resident_id("440199", date(1970, 1, 1), 22), "tenant": "梁样例",
    "tenant_kind": "person", "tenant_id": TENANT, "phone": "13800138000", "division": "440104001",
    "address": "演示路1号301房", "unit": "440104002002GB00001F00010002", "use": "dwelling",
    "floor_area": 71.2, "signed_on": "2026-02-20", "begins": "2026-03-01", "ends": "2027-02-28",
    "rent": 3800, "lettable": ["confirmed"],
}  # fmt: skip
PAPERS = ("contract", "identity", "title")


def _fill():
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(ROOT / "packs", PACKS, at=MONDAY)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor=HOUSING):
    page = list_entries(actor=actor, register=register, asked=Asked(limit=100), at=NEXT)
    return json.loads(page.body)


def asked(papers=PAPERS, **changes):
    return cases.open_case(
        actor=a_citizen(), at=MONDAY, type_code="lease_filing", answers=ANSWERS | changes,
        materials=tuple(GivenMaterial(key=key, file_id=1) for key in papers),
    ).case_id  # fmt: skip


def filed(outcome="approve", **changes):
    case = asked(**changes)
    done(officer("land_housing", "window"), open_task(case, "accept"), "accept")
    done(officer("land_housing", "handler"), open_task(case, "examine"), "done")
    assert found("housing_leases") == []
    done(officer("land_housing", "approver"), open_task(case, "decide"), outcome)
    return Case.objects.get(pk=case)


def test_the_term_and_the_papers_are_those_of_articles_15_and_16_of_the_measures():
    found_item = load(ROOT / "packs", ["housing_land"]).definitions["cases", "lease_filing"]
    item = CaseType.model_validate(found_item.content["definition"])

    assert (item.statutory_limit.amount, str(item.statutory_limit.unit)) == (3, "working_days")
    assert [material.key for material in item.materials] == list(PAPERS)


def test_a_lease_that_is_filed_stands_in_the_register_with_its_case(city):
    case = filed()

    [entered] = [row["values"] for row in found("housing_leases")]
    licence = Licence.objects.get()
    wanted = {
        "number": licence.number, "unit": ANSWERS["unit"], "division": "440104001", "use": "dwelling",
        "floor_area": "71.2", "signed_on": "2026-02-20", "begins": "2026-03-01", "ends": "2027-02-28",
        "filed_on": "2026-03-02", "state": "filed", "case_number": case.number, "made_up": None,
    }  # fmt: skip
    assert {name: entered[name] for name in wanted} == wanted
    assert ANSWERS["landlord"] not in json.dumps(entered, ensure_ascii=False)

    cases.revoke_licence(
        actor=officer("land_housing", "approver"), at=MONDAY, licence_id=licence.pk, reason="材料虚假"
    )
    assert found("housing_leases")[0]["values"]["state"] == "cancelled"


def test_a_firm_may_be_the_tenant_and_a_refusal_or_a_missing_paper_files_nothing(city):
    with pytest.raises(InvalidInput):
        asked(papers=PAPERS[:2])
    with pytest.raises(InvalidInput):
        asked(signed_on="2026-03-03")
    filed("refuse")
    assert found("housing_leases") == []

    firm = {"tenant_kind": "firm", "tenant_id": None, "tenant_code": make_credit_code("440104", 9)}
    filed(tenant="广州样例贸易有限公司", **firm)
    assert len(found("housing_leases")) == 1


def test_nobody_else_lists_leases_or_units(city):
    filed()

    for register in ("housing_leases", "housing_units"):
        assert [list_reach(actor, register) for actor in (None, STRANGER)] == ["none", "none"]
        for actor in (None, STRANGER):
            with pytest.raises(OperationNotAllowed):
                found(register, actor)
    with pytest.raises(OperationNotAllowed):
        done(officer("tourism", "window"), open_task(asked(), "accept"), "accept")


def test_a_unit_leads_to_its_building_and_its_lease_and_all_are_marked_made_up(city):
    for pack in load(ROOT / "packs", PACKS).manifests:
        enter_examples(ROOT / "packs" / pack, actor=Actor.system("examples"), at=MONDAY)
    units = found("housing_units")
    [let] = [row for row in units if row["values"]["code"] == ANSWERS["unit"]]
    links = links_of(actor=HOUSING, register="housing_units", entry=let["entry"], at=NEXT)

    assert (len(units), {row["values"]["made_up"] for row in units}) == (9, {True})
    assert {link.register.code: len(link.entries) for link in links} == {
        "divisions": 0, "buildings": 1, "housing_leases": 1,
    }  # fmt: skip
    assert [row["values"]["made_up"] for row in found("housing_leases")] == [True]
