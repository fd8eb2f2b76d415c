"""D18: what a grant does not cover is had neither by file, nor by search, nor by subscription."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client as Browser
from tests.engines.registers.exchanging import Asking, a_grant, asking, people
from tests.engines.registers.test_subscriptions import pull, told

from yiwang.exchange.api import request_data, revoke_grant
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import GrantDay, TraceLine
from yiwang.kernel.errors import YiwangError
from yiwang.registers import api
from yiwang.registers.api import enter_entry
from yiwang.registers.contracts import ExportFormat, ExportRefused
from yiwang.registers.models import Export
from yiwang.registers.queries.exports import folder
from yiwang.registers.testing import a_person, an_officer

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PLACE = "/api/exchange/resources/person_basic"
OWNER = an_officer("public_security", "approver", account=31)
ASKER = an_officer("construction", "handler", account=21)
ASKED: dict[str, object] = {"fields": ["name"], "kind": "enforcement"}


def _why(asked) -> dict[str, str]:
    return {"kind": asked["kind"], "reference": "K-1"}


def made(asked) -> list[list[str]]:
    """The lines of a file under the grant."""
    number = api.ask_export(
        actor=ASKER, at=datetime.now(UTC), register="persons", form=ExportFormat.CSV, resource="person_basic",
        fields=asked["fields"], purpose=Purpose(**_why(asked)), district=asked.get("district", ""),
    )  # fmt: skip
    api.make_export(actor=api.asker_of(number), at=datetime.now(UTC), export_id=number)
    row = Export.objects.get(pk=number)
    return list(csv.reader((folder() / row.file).read_text(encoding="utf-8-sig").splitlines()))


def export(somebody: Asking, asked) -> bool:
    """A file under the grant."""
    try:
        return any("陈大文" in line for line in made(asked))
    except YiwangError:
        assert set(Export.objects.values_list("file", "trace")) <= {("", None)}
        return False


def search(somebody: Asking, asked) -> bool:
    """Entries by the value of a granted field."""
    body = {"equal": {"name": "陈大文"}, "fields": asked["fields"], "purpose": _why(asked)}
    answer = Browser().post(
        f"{PLACE}/searches", body, content_type="application/json", headers=somebody.headers
    )
    return answer.status_code == 200 and bool(answer.json()["answers"])


def events(somebody: Asking, asked) -> bool:
    """Changes from now on."""
    body = {"fields": asked["fields"], "purpose": _why(asked), "district": asked.get("district", "")}
    answer = Browser().post(
        f"{PLACE}/subscriptions", body, content_type="application/json", headers=somebody.headers
    )
    if answer.status_code != 201:
        return False
    enter_entry(
        actor=an_officer("public_security", "handler", account=11), at=datetime.now(UTC), register="persons",
        values=a_person(9) | {"name": "李小明"},
    )  # fmt: skip
    told()
    page = pull(Browser(), somebody, answer.json()["subscription"])
    return page.status_code == 200 and bool(page.json()["events"])


DOORS = (export, search, events)
#: What the grant says otherwise, and what is asked otherwise.
BREAKS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "expired": ({"valid_until": date(2026, 1, 31)}, {}),
    "not begun": ({"valid_from": date(2999, 1, 1), "valid_until": date(2999, 12, 31)}, {}),
    "wrong purpose": ({}, {"kind": "supervision"}),
    "field outside": ({}, {"fields": ["name", "birth_date"]}),
    "somebody else's": ({"grantee": "health"}, {}),
    "each person consents": ({"needs_consent": True}, {}),
    "district by a field outside": ({"fields": ("id_number", "name")}, {"district": "440103"}),
}


@contextmanager
def undone() -> Iterator[None]:
    """One city for all ways: what was tried is rolled back."""
    tried = transaction.atomic()
    # commands ask that theirs is the outermost transaction; Django's own test cases say so the same way
    tried._from_testcase = True
    with tried:
        yield
        transaction.set_rollback(True)


def _evidence() -> tuple[int, list[tuple[object, ...]], int]:
    used = list(GrantDay.objects.order_by("pk").values_list())
    return TraceLine.objects.count(), used, len(list(folder().iterdir()))


@pytest.fixture
def somebody(city, client) -> Asking:
    """A department's system; the grant that it comes with is another department's."""
    people(1, at=AT)
    return asking(client, at=AT, grantee="transport")


def test_d18_files_searches_and_subscriptions_hold_as_every_other_door(somebody):
    for door in DOORS:
        with undone():
            a_grant(at=AT)
            assert door(somebody, ASKED), door.__name__
            assert TraceLine.objects.count() == 1
    for name, (grant, asked) in BREAKS.items():
        for door in DOORS if "district" not in asked else (export, events):
            with undone():
                a_grant(at=AT, **grant)
                before = _evidence()
                assert not door(somebody, ASKED | asked), (name, door.__name__)
                assert _evidence() == before, (name, door.__name__)
    for door in DOORS:
        with undone():
            grant = a_grant(at=AT)
            revoke_grant(actor=OWNER, at=AT, grant=grant.id, because="不再需要")
            before = _evidence()
            assert not door(somebody, ASKED), door.__name__
            assert _evidence() == before
        with undone():
            grant = a_grant(at=AT, quota_per_day=1)
            use_up(grant)
            before = _evidence()
            assert not door(somebody, ASKED), door.__name__
            assert _evidence() == before


def use_up(grant) -> None:
    """The one look of today."""
    request_data(
        actor=ASKER, at=datetime.now(UTC), resource="person_basic", key="11010519491231002X",
        fields=("name",), purpose=Purpose(**_why(ASKED)),
    )  # fmt: skip
    assert GrantDay.objects.get(grant_id=grant.id).used == 1


def test_d19_rows_outside_are_as_if_they_were_not_there(somebody):
    for door in DOORS:
        with undone():
            a_grant(at=AT, row_filter={"residence_division": ["440104"]})
            assert not door(somebody, ASKED), door.__name__
            assert [line.size for line in TraceLine.objects.all()] == ([] if door is events else [0])


def test_d41_the_district_of_a_file_lies_within_the_rows_granted_and_its_field_is_granted(somebody):
    a_grant(at=AT, row_filter={"residence_division": ["440103001"]})

    assert export(somebody, ASKED | {"district": "440103"})
    line = TraceLine.objects.get()
    assert (line.fields, line.size) == (["name", "residence_division"], 1)
    with pytest.raises(ExportRefused, match="440106"):
        made(ASKED | {"district": "440106"})
    assert TraceLine.objects.count() == 1
