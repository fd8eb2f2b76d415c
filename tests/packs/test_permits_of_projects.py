"""A project's permits: what is decided moves it on the map, and homes on sale come into their register."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.layers import held

from yiwang.cases import api as cases
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.models import Case, Licence, LicenceEntry
from yiwang.cases.queries.matters import form_of
from yiwang.cases.queries.picks import picks_of, with_pick
from yiwang.cases.queries.types import case_type
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.api import load_city
from yiwang.identity.testing import a_representative
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_entry, list_entries, open_history, retire_entry
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

NEXT = MONDAY + timedelta(days=1)
PLANNER = an_officer("planning", "handler", account=41)
HOUSING = an_officer("land_housing", "handler", account=42)
SITE = "POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.1301, 113.26 23.1301, 113.26 23.13))"
BUILDER = "广州云山建设有限公司"
PROJECT = {
    "code": "XMLW999901", "name": "云山花园", "division": "440104001001", "location": "演示路1号",
    "builder": BUILDER, "use": "R2", "stage": "proposed", "floor_area": "20000", "height": "60",
    "published_on": "2026-02-03", "objections_until": "2026-03-05", "site": SITE,
}  # fmt: skip
APPLICANT = {"contact": "陈大文", "phone": "13800138000"}
OF_PROJECT = {"project": "XMLW999901", "name": "云山花园", "division": "440104001", "address": "演示路1号"}
ANSWERS = {
    "planning_permit": {
        **APPLICANT, **OF_PROJECT, "builder": BUILDER, "floor_area": 19000.5, "height": 58,
    },
    "construction_permit": {
        **APPLICANT, **OF_PROJECT, "builder": BUILDER, "contractor": "广州样板建筑有限公司",
        "price": 80000000, "begins": "2026-04-01", "finished_on": "2028-03-31",
    },
    "presale_permit": {
        **APPLICANT, **OF_PROJECT, "developer": BUILDER, "site": SITE, "invested": 30, "units": 150,
        "floor_area": 15000, "price": 52000, "escrow": "广州银行6222",
    },
}  # fmt: skip
PAPERS = {
    "planning_permit": ("land", "design"),
    "construction_permit": ("contract", "safety", "drawings"),
    "presale_permit": ("land", "works", "plan", "business_licence"),
}
OFFICES = {
    "planning_permit": "planning", "construction_permit": "construction", "presale_permit": "land_housing",
}  # fmt: skip


def _fill():
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(ROOT / "packs", ["population", "legal_entity", "housing_land"], at=MONDAY)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def project(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    return enter_entry(actor=PLANNER, at=MONDAY, register="planned_projects", values=PROJECT).entry


def found(register, actor=None):
    page = list_entries(actor=actor, register=register, asked=Asked(limit=10), at=NEXT)
    return [entry["values"] for entry in json.loads(page.body)]


def applied_for(item, **changes):
    papers = tuple(GivenMaterial(key=key, file_id=1) for key in PAPERS[item])
    opened = cases.open_case(
        actor=a_representative(), at=MONDAY, type_code=item, answers=ANSWERS[item] | changes, materials=papers
    )
    return opened.case_id


def examined(item, **changes):
    case = applied_for(item, **changes)
    done(officer(OFFICES[item], "window"), open_task(case, "accept"), "accept")
    done(officer(OFFICES[item], "handler"), open_task(case, "examine"), "done")
    return case


def decided(item, outcome="approve", **changes):
    case = examined(item, **changes)
    done(officer(OFFICES[item], "approver"), open_task(case, "decide"), outcome)
    return Case.objects.get(pk=case)


def warned(item, **changes):
    form = form_of(case_type(item))
    [view] = picks_of(form, ANSWERS[item] | changes, at=MONDAY)
    return [text.en for text in view.warnings]


def test_a_works_permit_moves_the_project_when_it_is_decided_and_not_before(project):
    case = examined("planning_permit")
    assert found("planned_projects")[0]["stage"] == "proposed"
    with pytest.raises(OperationNotAllowed):
        done(officer("tourism", "approver"), open_task(case, "decide"), "approve")
    assert found("planned_projects")[0]["stage"] == "proposed"

    done(officer("planning", "approver"), open_task(case, "decide"), "approve")

    [now] = found("planned_projects")
    licence = Licence.objects.get()
    assert (now["stage"], now["permit"], now["floor_area"], now["height"]) == (
        "works_permit", licence.number, "19000.5", "58",
    )  # fmt: skip
    assert (now["name"], now["site"]["type"]) == ("云山花园", "MultiPolygon")
    assert LicenceEntry.objects.get().entry == project
    lines = open_history(
        actor=PLANNER,
        at=NEXT,
        register="planned_projects",
        entry=project,
        reason="核对",
    )
    assert [(line.version, line.act) for line in lines] == [(1, "change"), (2, "present")]


def test_what_was_displayed_binds_the_application_and_the_display_comes_first(project):
    """MONDAY is before the day until which people may comment."""
    open_still = "It is still on display (comments until 2026-03-05)"
    assert warned("planning_permit") == [open_still]
    assert warned("planning_permit", floor_area=20001, height=60.5, builder="别家公司") == [
        f"The project on display is that of another builder: {BUILDER}",
        open_still,
        "The floor area stated is more than was displayed (20000 m²)",
        "The height stated is above what was displayed (60 m)",
    ]
    form = form_of(case_type("planning_permit"))
    [later] = picks_of(form, ANSWERS["planning_permit"], at=MONDAY + timedelta(days=60))
    assert later.warnings == ()


def test_a_refusal_and_a_project_that_is_gone_or_not_named_write_nothing(project):
    decided("planning_permit", "refuse")
    decided("planning_permit", project=None)
    assert (found("planned_projects")[0]["stage"], Licence.objects.count()) == ("proposed", 1)

    case = examined("planning_permit")
    retire_entry(actor=PLANNER, at=MONDAY, register="planned_projects", entry=project, version=1)
    done(officer("planning", "approver"), open_task(case, "decide"), "approve")

    assert (found("planned_projects"), Licence.objects.count()) == ([], 2)
    assert not LicenceEntry.objects.exists()


def test_a_works_permit_that_is_revoked_leaves_the_project_without_one(project):
    decided("planning_permit")
    approver = officer("planning", "approver")
    cases.revoke_licence(
        actor=approver, at=MONDAY, licence_id=Licence.objects.get().pk, reason="以欺骗手段取得"
    )

    [now] = found("planned_projects")
    assert (now["stage"], now["permit"], now["floor_area"]) == ("land_permit", None, "19000.5")


def test_a_construction_permit_says_that_it_is_being_built(project):
    assert warned("construction_permit") == [
        "The project has no works permit yet (On display before approval)"
    ]
    decided("planning_permit")
    assert warned("construction_permit") == []
    assert warned("construction_permit", builder="别家公司") == [
        f"The project on display is that of another builder: {BUILDER}"
    ]
    permit = found("planned_projects")[0]["permit"]
    decided("construction_permit")

    [now] = found("planned_projects")
    assert (now["stage"], now["finished_on"], now["permit"]) == ("building", "2028-03-31", permit)


def test_homes_that_may_be_presold_come_into_their_register_and_onto_the_map(project, client):
    form = form_of(case_type("presale_permit"))
    page, question = next((p, q) for p, q in form.questions() if q.key == "project")
    filled = with_pick(page, question, "XMLW999901", {}, at=MONDAY)
    assert {**filled, "site": None} == {**OF_PROJECT, "site": None}
    assert filled["site"].startswith("POLYGON((113.26 23.13, 113.261 23.13,")
    assert warned("presale_permit", invested=20) == [
        "The project has no works permit yet (On display before approval), so nothing of it may be presold "
        "(Urban Real Estate Administration Law, article 45)",
        "Less than 25% of the investment has been made",
    ]
    decided("planning_permit")
    assert warned("presale_permit") == []

    decided("presale_permit", "refuse")
    assert found("presale_permits") == []
    case = decided("presale_permit", **filled)

    [permit] = found("presale_permits")
    licence = Licence.objects.get(case_id=case.pk)
    wanted = {
        "number": licence.number, "name": "云山花园", "project": "XMLW999901", "developer": BUILDER,
        "division": "440104001", "location": "演示路1号", "units": 150, "unsold": 150, "floor_area": "15000",
        "price": "52000.00", "escrow": None,
    }  # fmt: skip
    assert {name: permit[name] for name in wanted} == wanted
    assert found("presale_permits", HOUSING)[0]["escrow"] == "广州银行6222"
    drawn = client.get("/ogc/collections/presale_permits/items?f=json").json()
    assert [each["properties"]["number"] for each in drawn["features"]] == [licence.number]

    cases.revoke_licence(
        actor=officer("land_housing", "approver"), at=MONDAY, licence_id=licence.pk, reason="以欺骗手段取得"
    )
    assert (found("presale_permits")[0]["units"], found("presale_permits")[0]["unsold"]) == (150, 0)
