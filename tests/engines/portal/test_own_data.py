"""A person takes the trace along as a file, objects to wrong data, consents and withdraws."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from yiwang.cases.models import Case, Task
from yiwang.cases.testing import done, officer
from yiwang.exchange.api import issue_grant, person_reference
from yiwang.exchange.models import Consent, ReaderNotice, TraceLine
from yiwang.identity.models import Account, Person
from yiwang.identity.people_records import new_person
from yiwang.identity.testing import an_account
from yiwang.kernel.text import Text
from yiwang.platform.outbox import deliver
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
VALUES = a_person()
NUMBER = str(VALUES["id_number"])


@pytest.fixture(scope="module", autouse=True)
def _applied_city(caring_city) -> None:
    """The city of all tests here."""


@pytest.fixture
def chen(client) -> Account:
    made = new_person(name="陈大文", resident_id=NUMBER, phone="13800001234", synthetic=True, at=AT)
    account = an_account(person=Person.objects.get(pk=made.pk))
    client.force_login(account)
    enter_entry(actor=officer("public_security", "window"), at=AT, register="persons", values=VALUES)
    return account


def looked(**changes: object) -> None:
    facts = {
        "at": timezone.now() - timedelta(days=1), "organisation": "provident_fund", "account_id": 1,
        "kind": "request", "subject": person_reference(NUMBER), "resource": "person_basic",
        "fields": ["name", "phone"], "purpose": "case", "reference": "GJ20260301-000001", "size": 1,
    }  # fmt: skip
    TraceLine.objects.create(**(facts | changes))


def test_d20_the_whole_trace_as_a_file(client, chen):
    for _ in range(201):
        looked()
    looked(subject=person_reference("11010519491231002X"))

    rows = list(csv.DictReader(io.StringIO(client.get("/space/looks/file.csv").content.decode("utf-8-sig"))))
    content = json.loads(client.get("/en/space/looks/file.json").content)

    assert len(rows) == len(content["looks"]) == 201
    assert rows[0]["fields"] == "姓名 联系电话"
    assert content["looks"][0]["purpose"] == "To handle the case GJ20260301-000001"
    assert content["looks"][0]["id"] == int(rows[0]["id"])
    assert content["evidence"]["leaf_kind"] == "exchange.looked"
    assert client.get("/space/looks/file.xlsx").status_code == 404


def test_the_file_is_nobody_elses(client, chen):
    looked()
    client.logout()

    assert client.get("/space/looks/file.csv").status_code == 302


def test_d20_an_objection_becomes_a_correction_and_past_readers_are_told(client, chen):
    looked()
    looked(organisation="health", fields=["name"])
    assert "人口基本信息" in client.get("/space/looks/objection/").content.decode()
    form = "/space/looks/objection/?resource=person_basic"
    assert "联系电话" in client.get(form).content.decode()

    wrong = client.post(form, {"field": "birth_date", "wanted": "1985-02-30", "reason": "登记有误"})
    assert wrong.status_code == 422
    assert Case.objects.count() == 0
    client.post(form, {"field": "phone", "wanted": "13900000000", "reason": "号码已换"})

    case = Case.objects.get()
    assert (case.organisation, case.type_code, case.person_id) == (
        "public_security",
        "register_change",
        chen.person_id,
    )
    while (task := Task.objects.filter(case=case, state__in=["open", "claimed"]).first()) is not None:
        outcome = "approve" if task.role == "approver" else "done"
        done(officer("public_security", task.role), task.pk, outcome, at=timezone.now())
    deliver(at=timezone.now() + timedelta(seconds=5))

    notices = {n.organisation: n.fields for n in ReaderNotice.objects.all()}
    assert notices == {"provident_fund": ["phone"]}


def test_d21_consent_given_and_withdrawn_on_the_page(client, chen):
    issue_grant(
        actor=officer("public_security", "approver"), at=AT, resource="person_basic", grantee="health",
        fields=("name",), purpose="case", legal_basis=Text("法", "Law"), valid_from=date(2026, 1, 1),
        valid_until=date(2999, 12, 31), needs_consent=True,
    )  # fmt: skip
    until = timezone.localdate() + timedelta(days=30)
    sent = {
        "asked": "person_basic/case/health",
        "until-year": until.year, "until-month": until.month, "until-day": until.day,
    }  # fmt: skip
    assert "人口基本信息（办理办件）" in client.get("/space/consents/").content.decode()
    assert client.post("/space/consents/", {**sent, "until-day": "32"}).status_code == 422
    assert Consent.objects.count() == 0

    client.post("/space/consents/", sent)

    given = Consent.objects.get()
    assert (given.subject, given.grantee, given.valid_until) == (person_reference(NUMBER), "health", until)
    client.post(f"/space/consents/{given.pk}/withdraw/")
    assert Consent.objects.get().withdrawn_at is not None
    assert "Withdrawn" in client.get("/en/space/consents/").content.decode()
