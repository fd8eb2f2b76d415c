"""The exchange's API: the catalogue, a request with its purpose, the own trace."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from yiwang.exchange.api import PROVIDERS, issue_grant
from yiwang.exchange.models import TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.models import Person
from yiwang.identity.testing import a_person, an_account, an_officer, sign_in
from yiwang.kernel.text import Text

AT = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
ASKING = {"key": KNOWN_ID, "fields": ["name"], "purpose": {"kind": "case", "reference": "TZ-2026-000123"}}
REQUESTS = "/api/exchange/resources/person_for_tests/requests"


@pytest.fixture
def catalogue(db):
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        yield a_resource(at=AT)


@pytest.fixture
def asker(catalogue):
    return an_officer("construction")


@pytest.fixture
def grant(catalogue):
    return issue_grant(
        actor=an_officer("public_security", roles=["approver"]), at=AT, resource="person_for_tests",
        grantee="construction", fields=("name", "division"), purpose="case",
        legal_basis=Text("测试", "For tests"), valid_from=date(2026, 1, 1), valid_until=date(2999, 12, 31),
    )  # fmt: skip


def post(client, body, address=REQUESTS):
    return client.post(address, body, content_type="application/json")


def said(answer) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["type"]


def test_the_catalogue_is_public(client, catalogue):
    (resource,) = client.get("/api/exchange/resources").json()

    assert resource == client.get("/api/exchange/resources/person_for_tests").json()
    assert (resource["owner"], resource["sharing"]) == ("public_security", "conditional")
    assert [field["name"] for field in resource["fields"]] == ["name", "birth_date", "division"]


def test_a_request_gives_the_granted_fields_and_its_trace(client, grant, asker):
    answer = post(sign_in(client, asker), ASKING).json()

    assert (answer["values"], answer["version"]) == ({"name": "李明"}, 3)
    assert TraceLine.objects.get().pk == answer["trace"]


def test_a_verification_answers_yes_or_no(client, grant, asker):
    body = {"key": KNOWN_ID, "claims": {"name": "李明", "division": "440106"}, "purpose": ASKING["purpose"]}

    answer = post(sign_in(client, asker), body, REQUESTS.replace("requests", "verifications")).json()

    assert (answer["found"], answer["agrees"]) == (True, {"name": True, "division": False})


def test_refusals_are_problems(client, grant, asker):
    assert said(post(client, ASKING)) == (401, "urn:yiwang:problem:identity.not_signed_in")
    signed_in = sign_in(client, asker)
    for body, expected in (
        (ASKING | {"fields": ["birth_date"]}, (403, "urn:yiwang:problem:exchange.fields_not_granted")),
        (ASKING | {"purpose": {"kind": "case"}}, (403, "urn:yiwang:problem:exchange.purpose_refused")),
        (ASKING | {"purpose": {"kind": "statistics"}}, (403, "urn:yiwang:problem:exchange.no_grant")),
        (ASKING | {"fields": []}, (422, "urn:yiwang:problem:kernel.invalid_input")),
        (ASKING | {"fields": ["; DROP"]}, (422, "urn:yiwang:problem:kernel.invalid_input")),
        (ASKING | {"key": "\x00"}, (422, "urn:yiwang:problem:kernel.invalid_input")),
        ({}, (422, "urn:yiwang:problem:kernel.invalid_input")),
        ([], (422, "urn:yiwang:problem:kernel.invalid_input")),
    ):
        answer = post(signed_in, body)
        assert said(answer) == expected
        assert KNOWN_ID.encode() not in answer.content
    missing = post(signed_in, ASKING, "/api/exchange/resources/nothing/requests")
    assert said(missing) == (404, "urn:yiwang:problem:exchange.resource_not_found")
    assert TraceLine.objects.count() == 0


def test_a_person_reads_who_looked(client, grant, asker):
    post(sign_in(client, asker), ASKING)
    person = a_person(name="李明", resident_id=KNOWN_ID)
    client.force_login(an_account(person=Person.objects.get(pk=person.id)))

    (line,) = client.get("/api/exchange/own-trace").json()

    assert (line["organisation"], line["by_machine"], line["kind"]) == ("construction", False, "request")
    assert line["purpose"] == {
        "zh": "办理办件 TZ-2026-000123",
        "en": "To handle the case TZ-2026-000123",
    }
    assert line["fields"] == [{"zh": "姓名", "en": "Name"}]
    other = a_person()
    client.force_login(an_account(person=Person.objects.get(pk=other.id)))
    assert client.get("/api/exchange/own-trace").json() == []


def test_a_visitor_has_no_trace(client, catalogue):
    assert said(client.get("/api/exchange/own-trace")) == (401, "urn:yiwang:problem:identity.not_signed_in")
