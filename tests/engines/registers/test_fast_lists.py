"""Lists for programs: documents with examples, operators, keyset pages, counts, tags and time limits."""

from __future__ import annotations

import json
from datetime import date

import pytest
import schemathesis
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from yiwang.exchange.api import issue_client, issue_token
from yiwang.identity.testing import an_officer
from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import Actor, TimeLimitReached
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import a_firm, a_person, apply_packs
from yiwang.server.wsgi import application

from .conftest import APPLIED, PACKS

ENTRIES = "/api/registers/persons/entries"
FIRMS = "/api/registers/legal_entities/entries"


@pytest.fixture
def city(db):
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)
    police, registrar = an_officer("public_security"), an_officer("industry_commerce")
    for number in range(1, 8):
        enter_entry(actor=police, at=APPLIED, register="persons", values=a_person(number))
        enter_entry(actor=registrar, at=APPLIED, register="legal_entities", values=a_firm(number))
    return police


def bearer(organisation="public_security"):
    issued = issue_client(
        actor=Actor.system("tests"),
        at=timezone.now(),
        organisation=organisation,
        title=Text("系统", "System"),
    )
    found = issue_token(at=timezone.now(), client_id=issued.client.client_id, secret=issued.secret)
    return {"HTTP_AUTHORIZATION": f"Bearer {found.token}"}


def test_d13_each_register_has_its_document_with_real_examples(client, city):
    said = client.get("/api/registers/persons/openapi.json").json()

    assert said["openapi"] == "3.1.0"
    look_up = said["paths"]["/api/registers/persons/look-ups"]["post"]
    assert look_up["requestBody"]["content"]["application/json"]["example"] == {"key": "440100198503129011"}
    example = look_up["responses"]["200"]["content"]["application/json"]["example"]
    assert example["values"]["name"] == "陈小明"
    listed = said["paths"][ENTRIES]["get"]
    names = [parameter["name"] for parameter in listed["parameters"]]
    assert names[6:] == ["residence_division", "residence_division.prefix"]
    assert (
        listed["responses"]["200"]["content"]["application/json"]["example"]["entries"][0]["values"]["name"]
        is None
    )


@pytest.mark.parametrize("register", ["persons", "legal_entities", "licences"])
@pytest.mark.usefixtures("one_connection")
def test_d13_what_a_register_s_document_says_is_what_it_answers(city, register):
    document = schemathesis.openapi.from_wsgi(f"/api/registers/{register}/openapi.json", application)
    operations = [found.ok() for found in document.get_all_operations()]
    for operation in operations:

        @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def judge(case):
            declared = set(case.operation.definition.raw["responses"])
            # a body that is no JSON and a method that nobody has are refused before any document is read
            assert str(case.call().status_code) in declared | {"400", "405"}

        judge()

    assert len(operations) == 4


def test_operators_are_those_of_the_kind(client, city):
    def size(query):
        return client.get(f"{FIRMS}?{query}").json()

    assert size(f"credit_code={make_credit_code('440101', 3)}")["size"] == 1
    assert size("name=广州测试科技2")["size"] == 1
    assert size("name.eq=广州测试科技2")["size"] == 0
    refused = client.get(f"{FIRMS}?name.from=x")
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:yiwang:problem:registers.operator_refused"
    assert "prefix, eq" in refused.json()["detail"]["en"]


def test_d37_pages_follow_one_another_by_keyset_without_gap_or_double(client, city):
    seen, after, headers = [], 0, bearer()
    while after is not None:
        page = client.get(f"{ENTRIES}?limit=3&after={after}", **headers).json()
        seen += [entry["entry"] for entry in page["entries"]]
        after = page["after"]

    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


def test_d39_a_count_says_by_which_policy_it_was_made(client, city):
    def counted(policy):
        page = client.get(f"{ENTRIES}?limit=2&count={policy}", **bearer()).json()
        return page["count"], page["count_policy"], page["count_is_exact"]

    assert counted("none") == (None, "none", False)
    assert counted("exact") == (7, "exact", True)
    assert counted("bounded") == (7, "bounded", True)
    assert counted("estimated")[1:] == ("estimated", False)


def test_d40_readers_with_different_rights_never_share_a_tag(client, city):
    empty = "?district=440199&after=999999999"
    mine = client.get(FIRMS + empty, **bearer("industry_commerce"))
    public = client.get(FIRMS + empty)

    assert mine.content == public.content
    assert mine.headers["ETag"] != public.headers["ETag"]
    again = client.get(FIRMS + empty, HTTP_IF_NONE_MATCH=public.headers["ETag"])
    other = client.get(
        FIRMS + empty, HTTP_IF_NONE_MATCH=public.headers["ETag"], **bearer("industry_commerce")
    )
    assert (again.status_code, other.status_code) == (304, 200)


def test_d40_a_changed_definition_changes_the_tag(client, city):
    before = client.get(FIRMS).headers["ETag"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registers_register SET revision = revision + 1 WHERE code = 'legal_entities'")

    assert client.get(FIRMS).headers["ETag"] != before


def test_a_system_of_another_department_sees_no_list(client, city):
    answer = client.get(ENTRIES, **bearer("planning"))

    assert answer.status_code == 403


def test_a_query_is_stopped_at_its_time_limit(db):
    with pytest.raises(TimeLimitReached) as stopped:
        sql.fetch_within(30, [("SELECT 1", []), ("SELECT pg_sleep(5)", [])])

    assert (stopped.value.status, stopped.value.seconds) == (503, 0.03)


def test_d43_a_page_is_one_round_trip_by_index_whatever_the_size(client, city):
    headers = bearer()
    client.get(ENTRIES, **headers)
    with CaptureQueriesContext(connection) as said:
        client.get(f"{ENTRIES}?count=bounded&district=440103", **headers)
    # the token, the definition, and in one round trip the limit, the page and its count
    assert len(said) == 5

    grow()
    for condition, index in (
        ("id_number = '440199198001010010'", "Index"),
        ("_district = '440103' AND _entry > 5000 ORDER BY _entry LIMIT 100", "Index"),
        ("_entry > 15000 ORDER BY _entry LIMIT 100", "Index"),
    ):
        plan = explained(f"SELECT * FROM reg.persons WHERE {condition}")
        assert index in json.dumps(plan)
        assert "Seq Scan" not in json.dumps(plan)
        assert plan["Plan"]["Actual Rows"] <= 100


def grow() -> None:
    """20,000 more people, made by the database."""
    with connection.cursor() as cursor:
        numbers = [make_resident_id("440198", date(1960, 1, 1 + day), serial)
                   for day in range(25) for serial in range(1, 801)]  # fmt: skip
        cursor.execute(
            "INSERT INTO reg.persons (_version, _source, _district, _valid_from, _known_from, id_number, "
            "name, sex, birth_date, residence_division) "
            "SELECT 1, 'public_security', '440103', current_date, now(), n, '某人', '1', '1960-01-01', "
            "'440103001101' FROM unnest(%s::text[]) n",
            [numbers],
        )
        cursor.execute("ANALYZE reg.persons")


def explained(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        ((said,),) = cursor.fetchall()
    return (json.loads(said) if isinstance(said, str) else said)[0]
