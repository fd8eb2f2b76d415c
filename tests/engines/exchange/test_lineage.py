"""D35: from the field of a register through the grant to the consumer, and whom a change hits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from yiwang.exchange.api import (
    PROVIDERS,
    PURPOSE_CHECKS,
    impact_of,
    issue_grant,
    lineage_of,
    request_data,
    revoke_grant,
)
from yiwang.exchange.contracts import Consumer, Purpose
from yiwang.exchange.providers import CONSUMERS
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.text import Text

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAGE = "/desk/exchange/person_for_tests/lineage"


@pytest.fixture
def owner(db):
    with (
        PROVIDERS.temporarily("one_person", OnePersonProvider()),
        PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True),
    ):
        a_resource(at=AT)
        yield an_officer("public_security", roles=["approver"])


@pytest.fixture
def grant_to(owner):
    def issue(grantee, *fields):
        return issue_grant(
            actor=owner, at=AT, resource="person_for_tests", grantee=grantee, fields=fields, purpose="case",
            legal_basis=Text("《建筑法》第八条", "Construction Law, article 8"), valid_from=date(2026, 1, 1),
            valid_until=date(2999, 12, 31),
        )  # fmt: skip

    return issue


def look(organisation, at):
    request_data(
        actor=an_officer(organisation), at=at, resource="person_for_tests", key=KNOWN_ID, fields=("name",),
        purpose=Purpose(kind="case", reference="TZ-1"),
    )  # fmt: skip


def who(found, name):
    (line,) = (line for line in found.fields if line.name == name)
    return [(c.kind, c.code, c.looks) for c in line.consumers]


def test_d35_each_field_names_its_source_grants_and_use(owner, grant_to):
    grant_to("construction", "name", "division")
    grant_to("planning", "name")
    ended = grant_to("labour", "name", "birth_date")
    revoke_grant(actor=owner, at=AT, grant=ended.id, because="停")
    look("construction", AT - timedelta(days=40))
    look("construction", AT)
    look("construction", AT)

    found = lineage_of(owner, "person_for_tests", at=AT)

    assert who(found, "name") == [("grant", "planning", 0), ("grant", "construction", 2)]
    assert who(found, "division") == [("grant", "construction", 2)]
    assert who(found, "birth_date") == []
    assert found.fields[0].source_field == "people.name"


def test_d35_others_see_their_own_grants_only_and_no_impact(owner, grant_to):
    grant_to("construction", "name")
    grant_to("planning", "name")
    planner = an_officer("planning")

    assert who(lineage_of(planner, "person_for_tests", at=AT), "name") == [("grant", "planning", 0)]
    assert impact_of(planner, "person_for_tests", "name", at=AT) == []


def test_d35_a_change_of_a_field_hits_every_resource_over_the_same_source(owner, grant_to):
    grant_to("construction", "name")
    a_resource(at=AT, code="person_again", title={"zh": "另一资源", "en": "Another"})

    def form(info, field):
        return [Consumer(kind="form", code="marriage", title=Text("婚姻登记表", "Marriage form"))]

    with CONSUMERS.temporarily("forms", form):
        hit = impact_of(owner, "person_for_tests", "name", at=AT)

    assert [one.resource.code for one in hit] == ["person_again", "person_for_tests"]
    assert who(hit[1], "name") == [("grant", "construction", 0), ("form", "marriage", 0)]


def test_d35_page_and_json_in_both_languages(owner, grant_to, client):
    an_officer("construction")
    grant_to("construction", "name")
    sign_in(client, owner)

    page = client.get(f"{PAGE}/", {"field": "name"}).content.decode()
    english = client.get(f"/en{PAGE}/", {"field": "name"}).content.decode()
    said = client.get(f"{PAGE}.json").json()

    assert "people.name" in page
    assert "“姓名”变更的影响" in page
    assert "受影响的使用方：1个" in page
    assert "What a change of “Name” would hit" in english
    assert said["source"] == {"kind": "one_person", "code": "people"}
    (consumer,) = said["fields"][0]["consumers"]
    assert (consumer["code"], consumer["purpose"], consumer["until"]) == (
        "construction",
        "case",
        "2999-12-31",
    )
