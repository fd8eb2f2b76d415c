"""The registers' API: pages, entries, ETags, problems; what a reader may see decides what is answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client

from yiwang.exchange.api import person_reference, trace_of
from yiwang.identity.models import Posting
from yiwang.identity.testing import an_officer, sign_in
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import amend_entry, enter_entry
from yiwang.registers.testing import a_firm, a_person

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
WHY = {"Yiwang-Purpose": quote("户籍窗口核对")}


@pytest.fixture
def city(base_registers, db):
    """The base registers, and the city's own law of who may do what."""


@pytest.fixture
def police(city):
    return an_officer("public_security")


@pytest.fixture
def registrar(city):
    return an_officer("industry_commerce")


@pytest.fixture
def people(police):
    return [
        enter_entry(actor=police, at=AT, register="persons", values=a_person(number)).entry
        for number in (1, 2, 3)
    ]


@pytest.fixture
def firms(registrar):
    return [
        enter_entry(actor=registrar, at=AT, register="legal_entities", values=a_firm(number)).entry
        for number in (1, 2, 3)
    ]


def problem(answer) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, json.loads(answer.content)["type"]


def test_registers_and_their_fields_are_public(client, city):
    found = client.get("/api/registers").json()
    persons = client.get("/api/registers/persons").json()

    codes = [register["code"] for register in found]
    assert codes == sorted(codes)
    assert {"legal_entities", "licences", "persons", "households", "seals"} <= set(codes)
    assert persons["title"] == {"zh": "人口登记簿", "en": "Register of persons"}
    assert persons["fields"][0] == {
        "name": "id_number",
        "kind": "resident_id",
        "title": {"zh": "公民身份号码", "en": "Identity number"},
        "secrecy": "personal",
        "required": True,
        "unique": True,
        "searchable": True,
        "operators": ["eq"],
        "codes": {},
    }


def test_everybody_pages_through_an_open_register(client, firms):
    first = client.get("/api/registers/legal_entities/entries", {"limit": 2, "count": "exact"}).json()
    next_page = {"limit": 2, "after": first["after"]}
    second = client.get("/api/registers/legal_entities/entries", next_page).json()

    assert [e["entry"] for e in first["entries"] + second["entries"]] == firms
    assert (first["count"], first["count_policy"], first["count_is_exact"]) == (3, "exact", True)
    assert (second["after"], second["count"], second["count_policy"]) == (None, None, "none")
    assert first["entries"][0]["values"]["representative_id"] is None
    assert first["entries"][0]["masked"] == ["representative_id", "phone", "tax_number"]


def test_filters_are_parameters(client, firms):
    by_code = client.get("/api/registers/legal_entities/entries", {"credit_code": a_firm(2)["credit_code"]})
    by_name = client.get("/api/registers/legal_entities/entries", {"name": "广州测试科技3"})

    assert [e["entry"] for e in by_code.json()["entries"]] == [firms[1]]
    assert [e["entry"] for e in by_name.json()["entries"]] == [firms[2]]


@pytest.mark.parametrize(
    "query",
    ["colour=red", "address=x", "representative_id=1", "Name'--=1", "a" * 80 + "=1"],
    ids=["unknown", "not searchable", "not seen", "no name", "long"],
)
def test_a_filter_that_is_not_declared_is_refused(client, firms, query):
    answer = client.get(f"/api/registers/legal_entities/entries?{query}")

    assert problem(answer) == (422, "urn:yiwang:problem:registers.filter_refused")


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "after=-1", "after=99999999999999999999", "count=all",
     "district=4401", "valid=2026-02-30", "known=2026-03-02T10:00", "known=0001-01-01T00:00:00%2B23:59",
     "known=9999-12-31T23:59:59-23:59"],
)  # fmt: skip
def test_a_parameter_of_the_wrong_form_is_refused_by_name(client, firms, query):
    answer = client.get(f"/api/registers/legal_entities/entries?{query}")

    assert problem(answer) == (422, "urn:yiwang:problem:kernel.invalid_input")
    (error,) = json.loads(answer.content)["errors"]
    assert error["path"].endswith(query.partition("=")[0])


def test_an_unchanged_answer_is_not_sent_again_and_another_right_is_another_answer(
    client, firms, registrar, as_actor
):
    address = "/api/registers/legal_entities/entries"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    owner = as_actor(registrar).get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert owner.status_code == 200
    assert owner.headers["ETag"] != first.headers["ETag"]
    assert owner.json()["entries"][0]["values"]["representative_id"] == "110105********002X"


def test_d5_as_of_is_asked_by_both_times(client, firms, registrar):
    amend_entry(
        actor=registrar, at=LATER, register="legal_entities", entry=firms[0], version=1,
        values={"name": "新名"}, kind="change",
    )  # fmt: skip

    def names(**query):
        found = client.get("/api/registers/legal_entities/entries", {"limit": 1, **query}).json()
        return [entry["values"]["name"] for entry in found["entries"]]

    assert names() == ["新名"]
    assert names(valid="2026-04-01") == ["广州测试科技有限公司"]
    assert names(valid="2026-04-02", known="2026-04-01T00:00:00Z") == ["广州测试科技有限公司"]
    assert names(valid="2026-03-01") == []


def test_persons_are_closed_to_visitors_and_strangers(client, people, as_actor):
    assert problem(client.get("/api/registers/persons/entries")) == (
        403, "urn:yiwang:problem:platform.operation_not_allowed",
    )  # fmt: skip
    assert problem(client.get(f"/api/registers/persons/entries/{people[0]}", headers=WHY)) == (
        401, "urn:yiwang:problem:identity.not_signed_in",
    )  # fmt: skip
    stranger = as_actor(an_officer("planning"))
    for path in ("entries", f"entries/{people[0]}", f"entries/{people[0]}/versions"):
        assert problem(stranger.get(f"/api/registers/persons/{path}", headers=WHY)) == (
            403, "urn:yiwang:problem:platform.operation_not_allowed",
        )  # fmt: skip
    assert trace_of(person_reference(a_person()["id_number"])) == []


@pytest.mark.parametrize("query", [{"name": "陈大文"}, {"id_number": "440199198001010011"}])
def test_a_personal_value_in_an_address_is_refused(people, police, as_actor, query):
    answer = as_actor(police).get("/api/registers/persons/entries", query)

    assert problem(answer) == (422, "urn:yiwang:problem:registers.filter_refused")


def test_personal_values_are_searched_for_in_the_body(people, police, as_actor, client):
    def search(browser, **wanted):
        return browser.post("/api/registers/persons/searches", wanted, content_type="application/json")

    officer = as_actor(police)
    whole = search(officer, equal={"id_number": a_person(2)["id_number"]}, count="exact").json()
    part = search(officer, equal={"id_number": a_person(2)["id_number"][:12]}).json()
    unseen = search(officer, equal={"ethnic_group": "01"})

    assert [e["entry"] for e in whole["entries"]] == [people[1]]
    assert (whole["count"], part["entries"]) == (1, [])
    assert whole["entries"][0]["values"]["name"] == "陈***"
    assert problem(unseen) == (422, "urn:yiwang:problem:registers.filter_refused")
    assert problem(search(as_actor(an_officer("planning")), equal={})) == (
        403, "urn:yiwang:problem:platform.operation_not_allowed",
    )  # fmt: skip


def test_an_officer_opens_an_entry_with_a_reason(people, police, as_actor):
    officer = as_actor(police)
    without = officer.get(f"/api/registers/persons/entries/{people[0]}")
    opened = officer.get(f"/api/registers/persons/entries/{people[0]}", headers=WHY).json()
    versions = officer.get(f"/api/registers/persons/entries/{people[0]}/versions", headers=WHY).json()

    assert problem(without) == (403, "urn:yiwang:problem:exchange.purpose_refused")
    assert (opened["values"]["name"], opened["masked"]) == ("陈大文", [])
    assert [(v["version"], v["act"], v["valid_from"], v["valid_to"]) for v in versions] == [
        (1, "present", "2026-03-02", None)
    ]
    assert [line.purpose.reference for line in trace_of(person_reference(a_person()["id_number"]))] == [
        "户籍窗口核对", "户籍窗口核对",
    ]  # fmt: skip


def test_a_reason_with_a_character_that_no_text_has_is_none(people, police, as_actor):
    why = {"Yiwang-Purpose": "%00%E6%88%B7%E7%B1%8D%E7%AA%97%E5%8F%A3%E6%A0%B8%E5%AF%B9"}
    answer = as_actor(police).get(f"/api/registers/persons/entries/{people[0]}", headers=why)

    assert problem(answer) == (403, "urn:yiwang:problem:exchange.purpose_refused")
    assert trace_of(person_reference(a_person()["id_number"])) == []


def test_a_body_beyond_measure_is_refused_as_a_problem(police, people, as_actor):
    answer = as_actor(police).post(
        "/api/registers/persons/look-ups", {"key": "1" * 6_000_000}, content_type="application/json"
    )

    assert problem(answer) == (422, "urn:yiwang:problem:kernel.invalid_input")


def test_a_key_is_looked_up_in_the_body(people, police, as_actor):
    officer = as_actor(police)

    def look_up(key, **headers):
        return officer.post(
            "/api/registers/persons/look-ups", {"key": key}, content_type="application/json",
            headers=WHY | headers,
        )  # fmt: skip

    assert look_up(a_person(2)["id_number"]).json()["entry"] == people[1]
    assert problem(look_up("440103198001011234")) == (404, "urn:yiwang:problem:registers.entry_not_found")
    assert problem(look_up("\x00")) == (422, "urn:yiwang:problem:kernel.invalid_input")
    assert problem(look_up("")) == (422, "urn:yiwang:problem:kernel.invalid_input")


def test_a_visitor_sees_the_public_part_of_one_entry(client, firms):
    entry = client.get(f"/api/registers/legal_entities/entries/{firms[0]}").json()

    assert (entry["values"]["name"], entry["values"]["phone"]) == ("广州测试科技有限公司", None)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/registers/nothing", (404, "urn:yiwang:problem:registers.register_not_found")),
        ("/api/registers/nothing/entries", (404, "urn:yiwang:problem:registers.register_not_found")),
        ("/api/registers/reg.persons/entries", (422, "urn:yiwang:problem:kernel.invalid_input")),
        ("/api/registers/persons/entries/0", (422, "urn:yiwang:problem:kernel.invalid_input")),
        ("/api/registers/persons/entries/x", (422, "urn:yiwang:problem:kernel.invalid_input")),
    ],
)
def test_what_is_not_there_is_a_problem(client, city, path, said):
    assert problem(client.get(path)) == said


def test_the_document_describes_every_path(client, city):
    document = client.get("/api/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert sorted(path for path in document["paths"] if "registers" in path) == [
        "/api/registers",
        "/api/registers/{code}",
        "/api/registers/{code}/entries",
        "/api/registers/{code}/entries/{entry}",
        "/api/registers/{code}/entries/{entry}/versions",
        "/api/registers/{code}/look-ups",
        "/api/registers/{code}/openapi.json",
        "/api/registers/{code}/revisions",
        "/api/registers/{code}/revisions/{number}",
        "/api/registers/{code}/revisions/{number}/openapi.json",
        "/api/registers/{code}/searches",
    ]


def test_posts_from_another_site_are_refused(people, police):
    forger = Client(enforce_csrf_checks=True)
    sign_in(forger, police)
    body = {"key": a_person()["id_number"]}

    answer = forger.post(
        "/api/registers/persons/look-ups", body, content_type="application/json", headers=WHY
    )

    assert answer.status_code == 403
    assert not JournalEntry.objects.filter(operation="registers.entry.read").exists()


def test_an_officer_whose_posting_has_ended_reads_nothing(people, police, as_actor):
    officer = as_actor(police)
    Posting.objects.update(ends_at=LATER)

    assert problem(officer.get("/api/registers/persons/entries")) == (
        403, "urn:yiwang:problem:platform.operation_not_allowed",
    )  # fmt: skip
