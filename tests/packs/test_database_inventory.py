"""The inventory lists the registers of the platform and the databases of the plan; each sees his part."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from tests.layers import held

from yiwang.exchange.api import get_resource
from yiwang.identity.api import organisations_of
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_entry, get_register, list_entries
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs
from yiwang.server import city

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
STEWARD = an_officer("informatization", "handler", account=11)
TEACHERS = an_officer("education", "handler", account=12)
STRANGER = an_officer("tourism", "handler", account=13)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(
        lambda: apply_packs(ROOT / "packs", ["database_inventory"], at=AT, with_data=True), django_db_blocker
    ):
        yield


@pytest.fixture(autouse=True)
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(actor=None, **equal):
    asked = Asked(equal=equal, limit=1000, count="exact")
    page = list_entries(actor=actor, register="databases", asked=asked, at=AT)
    return [entry["values"] for entry in json.loads(page.body)]


def test_every_register_of_the_city_stands_in_it_under_its_owner():
    declared = city.read().packs.definitions
    owners = {code: d.content["owner"] for (kind, code), d in declared.items() if kind == "registers"}

    assert {row["register_code"]: row["holder"] for row in found() if row["register_code"]} == owners


def test_who_holds_a_database_is_an_organisation_of_the_city():
    listed = organisations_of(ROOT / "cities" / "guangzhou")

    assert {row["holder"] for row in found()} - listed == set()
    assert set(get_register("databases").sources) - listed == set()


def test_protection_levels_and_contacts_are_no_business_of_the_public():
    (steward,) = found(STEWARD, register_code="persons")
    (everybody,) = found(register_code="persons")

    shown = ("protection", "platform", "contact_phone")
    assert [steward[name] for name in shown] == ["3", "PostgreSQL 15", "12345"]
    assert [everybody[name] for name in shown] == [None, None, None]
    assert (everybody["sharing"], everybody["holder_name"]) == ("conditional", "广州市公安局")


def test_a_department_enters_its_own_database_and_a_stranger_none():
    values = {name: value for name, value in found()[0].items() if value is not None}
    values |= {"number": "DB-1001", "name_zh": "学籍数据库", "holder": "education"}
    before = len(found())

    with pytest.raises(OperationNotAllowed):
        enter_entry(actor=STRANGER, at=AT, register="databases", values=values, source="education")
    assert len(found()) == before
    enter_entry(actor=TEACHERS, at=AT, register="databases", values=values)

    assert [row["name_zh"] for row in found(holder="education")] == ["学籍数据库"]


def test_the_catalogue_of_databases_is_shared_with_all():
    resource = get_resource("database_catalogue")

    assert (resource.owner, resource.sharing) == ("informatization", "unconditional")
