"""D41: a department takes a file of another's register under its grant, from the page of the resource."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from yiwang.exchange.api import issue_grant, list_grants, revoke_grant
from yiwang.exchange.models import TraceLine
from yiwang.identity.testing import an_officer
from yiwang.kernel.text import Text
from yiwang.registers import api
from yiwang.registers.models import Export
from yiwang.registers.testing import a_person

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAGE = "/desk/registers/persons/export/person_basic/"
SENT = {"form": "csv", "fields": ["name"], "purpose": "case", "reference": "GZ-2026-000011"}


@pytest.fixture
def person(city, police):
    return api.enter_entry(actor=police, at=AT, register="persons", values=a_person() | {"name": "陈大文"})


def _granted(**changes) -> None:
    facts = {
        "resource": "person_basic", "grantee": "civil_affairs", "fields": ("name", "phone"),
        "purpose": "case",
        "legal_basis": Text("《居民委员会组织法》第三条", "Residents' Committees Law, article 3"),
        "valid_from": date(2026, 1, 1), "valid_until": date(2999, 1, 1),
    } | changes  # fmt: skip
    issue_grant(actor=an_officer("public_security", roles=["approver"]), at=timezone.now(), **facts)


def test_d41_a_file_under_a_grant_holds_its_fields_and_leaves_a_trace(person, as_actor):
    _granted()
    reader = as_actor(an_officer("civil_affairs"))

    assert PAGE in reader.get("/desk/exchange/person_basic/").content.decode()
    form = reader.get("/en" + PAGE).content.decode()
    assert 'value="phone"' in form
    assert 'value="birth_date"' not in form

    sent = reader.post(PAGE, SENT)
    export = Export.objects.get()
    assert sent.headers["Location"] == f"/desk/registers/persons/exports/{export.pk}/"
    assert (export.resource, export.fields, export.reference) == ("person_basic", ["name"], "GZ-2026-000011")
    api.make_export(actor=api.asker_of(export.pk), at=timezone.now(), export_id=export.pk)
    shown = reader.get(sent.headers["Location"]).content.decode()
    assert "下载文件" in shown
    assert "返回数据共享目录" in shown
    answer = reader.get(f"/desk/registers/persons/exports/{export.pk}/file")
    assert b"".join(answer.streaming_content).decode("utf-8-sig").split() == ["name", "陈大文"]
    line = TraceLine.objects.latest("pk")
    grant = list_grants(resource="person_basic", grantee="civil_affairs")[0]
    revoke_grant(
        actor=an_officer("public_security", roles=["approver"]), at=timezone.now(), grant=grant.id,
        because="不再需要",
    )  # fmt: skip
    assert reader.get(f"/desk/registers/persons/exports/{export.pk}/file").status_code == 403
    assert api.get_export(actor=api.asker_of(export.pk), export=export.pk).rows == 1
    assert TraceLine.objects.latest("pk") == line
    assert (line.kind, line.organisation, line.reference) == ("export", "civil_affairs", "GZ-2026-000011")


def test_d41_a_field_or_a_reason_that_is_missing_is_asked_for(person, as_actor):
    _granted()
    reader = as_actor(an_officer("civil_affairs"))

    assert "请选择字段" in reader.post(PAGE, SENT | {"fields": ["birth_date_of"]}).content.decode()
    assert reader.post(PAGE, SENT | {"reference": ""}).status_code == 422
    assert not Export.objects.exists()


def test_d41_without_a_grant_or_where_each_person_consents_there_is_no_file(person, as_actor):
    reader = as_actor(an_officer("civil_affairs"))
    assert reader.post(PAGE, SENT).status_code == 403

    _granted(needs_consent=True)
    assert reader.post(PAGE, SENT).status_code == 403
    assert PAGE not in reader.get("/desk/exchange/person_basic/").content.decode()
    assert reader.get("/desk/registers/legal_entities/export/person_basic/").status_code == 404
    assert not Export.objects.exists()
