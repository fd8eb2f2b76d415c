"""D29: every resource of the city answers with made-up data, without grant, trace or a real table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yiwang.exchange.api import list_resources, twin_answer, twin_keys, twin_verification
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import TraceLine
from yiwang.exchange.twin.rest import requests as twin_rest
from yiwang.kernel.codes import check_resident_id
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import get_register
from yiwang.registers.data_files import DataKind
from yiwang.registers.definitions import FieldKind
from yiwang.registers.queries.faults import own_faults, row_parameters, rows, texts_of
from yiwang.registers.tables.writing import one_row

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WHY = {"kind": "enforcement", "reference": "K-1"}
PACKS = [
    "population",
    "legal_entity",
    "licence_catalogue",
    "macro_economy",
    "database_inventory",
    "social_insurance",
    "enterprise_sharing",
]
PERSON = "/api/twin/resources/person_basic"


@pytest.fixture
def city(db):
    loaded = load(ROOT / "packs", PACKS).or_refuse()
    for kind, code in [key for key in loaded.definitions if key[0] == DataKind.key]:
        del loaded.definitions[kind, code]
    apply_plan(actor=Actor.system("tests"), at=AT, loaded=loaded, plan=make_plan(loaded))
    twin_rest._pace.forget()


def post(client, path, body, **headers):
    return client.post(path, body, content_type="application/json", headers=headers)


def test_d29_every_resource_has_a_twin_that_its_register_would_take(city):
    resources = list_resources()
    assert len(resources) >= 16
    for resource in resources:
        definition = get_register(resource.source)
        key_kind = definition.key_field.kind
        found = 0
        for key in twin_keys(resource.code, first=3, number=20):
            fields = [field.name for field in resource.fields]
            said = twin_answer(
                resource=resource.code, key=key, fields=fields, purpose=Purpose(**WHY), refusal="", at=AT
            )
            if key_kind is FieldKind.RESIDENT_ID:
                assert check_resident_id(key, on=AT.date()) is None
                assert "440190" <= key[:6] <= "440199"
            if said.values is None:
                continue
            found += 1
            texts = texts_of(definition, said.values)
            shared = [definition.get(name) for name in texts]
            faults = rows(
                own_faults(shared, one_row(texts)), {**row_parameters(texts), "valid_from": AT.date()}
            )
            assert faults == [], (resource.code, faults, texts)
        assert found >= 12


def test_d29_the_same_key_gives_the_same_answer_and_leaves_nothing(client, city):
    key = client.get(f"{PERSON}/keys?number=5").json()["keys"][1]
    asked = {"key": key, "fields": ["name", "birth_date", "sex"], "purpose": WHY}
    journal = JournalEntry.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        first, second = (post(client, f"{PERSON}/requests", asked).json() for _ in range(2))

    assert (first["values"], first["trace"], first["version"]) == (second["values"], 0, 1)
    assert first["values"]["birth_date"].replace("-", "") == key[6:14]
    assert first["values"]["sex"] == ("1" if int(key[16]) % 2 else "2")
    assert not [query for query in queries if '"reg"' in query["sql"] or "reg." in query["sql"]]
    assert (TraceLine.objects.count(), JournalEntry.objects.count()) == (0, journal)


def test_d29_yes_or_no(client, city):
    key = client.get(f"{PERSON}/keys?number=5").json()["keys"][1]
    values = post(client, f"{PERSON}/requests", {"key": key, "fields": ["name"], "purpose": WHY}).json()[
        "values"
    ]

    said = post(
        client,
        f"{PERSON}/verifications",
        {"key": key, "claims": {"name": values["name"], "sex": "9"}, "purpose": WHY},
    ).json()

    assert (said["found"], said["agrees"]) == (True, {"name": True, "sex": False})


def test_d23_d29_a_declared_question_is_answered_from_the_made_up_entry(client, city):
    path, purpose = "/api/twin/resources/person_check", Purpose(**WHY)

    def ask(key, at, **claims):
        return twin_verification(
            resource="person_check", key=key, claims=claims, purpose=purpose, refusal="", at=at
        )

    found = 0
    for key in twin_keys("person_check", first=0, number=20):
        asked = {"key": key, "fields": ["birth_date"], "purpose": WHY}
        values = post(client, f"{path}/requests", asked).json()["values"]
        if values is None or values["birth_date"] is None:
            assert ask(key, AT, adult=True).agrees == ask(key, AT, adult=False).agrees == {"adult": False}
            continue
        found += 1
        year, month, day = map(int, values["birth_date"].split("-"))
        anniversary = datetime(year + 18, month, min(day, 28) if month == 2 else day, 4, tzinfo=UTC)
        for at, adult in ((anniversary, False), (anniversary + timedelta(days=2), True)):
            assert ask(key, at, adult=True).agrees == {"adult": adult}
            assert ask(key, at, adult=False).agrees == {"adult": not adult}
        assert ask(key, AT, adult="yes", birth_date=values["birth_date"]).agrees == {
            "adult": False, "birth_date": True,
        }  # fmt: skip
    assert found >= 12

    said = post(client, f"{path}/verifications", {"key": key, "claims": {"adult": True}, "purpose": WHY})
    assert (said.status_code, set(said.json()["agrees"])) == (200, {"adult"})
    # a question is no value, and what nobody declared is nothing
    refused = post(client, f"{path}/requests", {"key": key, "fields": ["adult"], "purpose": WHY})
    assert refused.json()["type"] == "urn:yiwang:problem:exchange.fields_not_granted"
    refused = post(client, f"{path}/verifications", {"key": key, "claims": {"old": True}, "purpose": WHY})
    assert refused.json()["type"] == "urn:yiwang:problem:exchange.fields_not_granted"
    # both interfaces say what may be asked
    [listed] = client.get("/api/exchange/resources/person_check").json()["questions"]
    assert listed == {
        "name": "adult", "title": {"zh": "是否年满18周岁", "en": "18 or older"}, "field": "birth_date",
    }  # fmt: skip
    document = client.get("/catalogue/person_check/openapi.json").json()
    claims = document["components"]["schemas"]["VerificationIn"]["properties"]["claims"]["properties"]
    assert claims["adult"] == {"title": "是否年满18周岁 / 18 or older", "type": "boolean"}
    assert "adult" not in document["components"]["schemas"]["SearchIn"]["properties"]["equal"]["properties"]


def test_d29_many_at_once(client, city):
    wanted = client.get(f"{PERSON}/keys?number=30").json()["keys"]
    asked = {"keys": wanted, "fields": ["name"], "purpose": WHY}

    said = post(client, f"{PERSON}/batches", asked).json()

    one = post(client, f"{PERSON}/requests", {"key": wanted[7], "fields": ["name"], "purpose": WHY}).json()
    assert (len(said["answers"]), said["answers"][7]["values"], said["trace"]) == (30, one["values"], 0)
    refused = post(client, f"{PERSON}/batches", asked | {"keys": [*wanted, "11010519491231002X"]})
    assert (refused.status_code, TraceLine.objects.count()) == (422, 0)


@pytest.mark.parametrize("real", ["11010519491231002X", "440103198001010011", "999999", "TWIN-00000001"])
def test_d29_a_key_that_somebody_could_have_is_refused_and_not_repeated(client, city, real):
    said = post(client, f"{PERSON}/requests", {"key": real, "fields": ["name"], "purpose": WHY})

    assert said.status_code == 422
    assert said.json()["type"] == "urn:yiwang:problem:exchange.key_not_made_up"
    assert real not in said.content.decode()


def test_d29_refusals_have_the_shape_of_the_exchange(client, city):
    key = client.get(f"{PERSON}/keys?number=2").json()["keys"][1]
    asked = {"key": key, "fields": ["name"], "purpose": WHY}
    for name, status, code in (
        ("no_grant", 403, "no_grant"),
        ("grant_not_in_force", 403, "grant_not_in_force"),
        ("quota_exhausted", 429, "quota_exhausted"),
        ("too_fast", 429, "too_fast"),
    ):
        said = post(client, f"{PERSON}/requests", asked, **{"Yiwang-Twin-Refusal": name})
        assert (said.status_code, said.headers["Content-Type"]) == (status, "application/problem+json")
        assert said.json()["type"] == f"urn:yiwang:problem:exchange.{code}"
    for change, status, code in (
        ({"fields": ["no_such"]}, 403, "fields_not_granted"),
        ({"purpose": {"kind": "fun"}}, 403, "purpose_refused"),
    ):
        said = post(client, f"{PERSON}/requests", asked | change)
        assert (said.status_code, said.json()["type"]) == (status, f"urn:yiwang:problem:exchange.{code}")
    assert client.get("/api/twin/resources/no_such/keys").status_code == 404


def test_d29_nobody_runs_a_service_on_it(client, city):
    statuses = [client.get(f"{PERSON}/keys?number=1").status_code for _ in range(twin_rest.PER_SECOND + 30)]

    assert statuses[: twin_rest.PER_SECOND] == [200] * twin_rest.PER_SECOND
    assert 429 in statuses
