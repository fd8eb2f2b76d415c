"""D18: no door gives what the grant does not cover, and a refusal leaves nothing behind."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from yiwang.exchange.api import (
    PROVIDERS,
    PURPOSE_CHECKS,
    give_consent,
    issue_client,
    issue_grant,
    issue_token,
    revoke_client,
    revoke_grant,
    withdraw_consent,
)
from yiwang.exchange.api import request_data as ask_directly
from yiwang.exchange.batches import api as batches
from yiwang.exchange.batches.files import result_path
from yiwang.exchange.clients.contracts import IssuedClient
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import GrantDay, TraceLine
from yiwang.exchange.nodes import api as nodes
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.exchange.nodes.testing import Wire, a_node
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.models import Person
from yiwang.identity.people_records import new_person
from yiwang.identity.testing import an_account, an_officer, sign_in
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment

AT = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
CODE = "person_for_tests"
PLACE = f"/api/exchange/resources/{CODE}"
WORDS = {
    "grantee": "construction", "fields": ("name", "division"), "purpose": "case",
    "legal_basis": Text("法", "Law"), "valid_from": date(2026, 1, 1), "valid_until": date(2999, 12, 31),
}  # fmt: skip
Asked = dict[str, object]
ASKED: Asked = {"fields": ["name"], "kind": "case", "reference": "GJ-1"}


def api(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """Over HTTP, as a program."""
    body = {"key": KNOWN_ID, "fields": asked["fields"], "purpose": _why(asked)}
    answer = browser.post(f"{PLACE}/requests", body, content_type="application/json")
    return answer.status_code == 200 and answer.json()["values"] is not None


def verification(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """Yes or no over HTTP."""
    claims = dict.fromkeys(asked["fields"], "李明")  # type: ignore[call-overload]
    body = {"key": KNOWN_ID, "claims": claims, "purpose": _why(asked)}
    page = f"{PLACE}/verifications"
    answer = browser.post(page, body, content_type="application/json")
    return answer.status_code == 200 and answer.json()["found"]


def page(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """The desk's page."""
    sent = {
        "key": KNOWN_ID, "fields": asked["fields"], "purpose": asked["kind"], "reference": asked["reference"],
    }  # fmt: skip
    answer = browser.post(f"/desk/exchange/{CODE}/", sent)
    return answer.status_code == 200 and "李明" in answer.content.decode()


def case(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """A machine that checks a case in the name of a department."""
    try:
        answer = ask_directly(
            actor=Actor.system("checks"), at=datetime.now(UTC), resource=CODE, key=KNOWN_ID,
            fields=asked["fields"], purpose=Purpose(**_why(asked)), organisation="construction",
        )  # type: ignore[arg-type]  # fmt: skip
    except YiwangError:
        return False
    return answer.values is not None


def system(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """A department's system with its token."""
    body = {"key": KNOWN_ID, "fields": asked["fields"], "purpose": _why(asked)}
    answer = _sent(f"{PLACE}/requests", body)
    return answer.status_code == 200 and answer.json()["values"] is not None


def batch(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """Many keys at once."""
    answer = _sent(f"{PLACE}/batches", _many(asked))
    return answer.status_code == 200 and answer.json()["answers"][0]["values"] is not None


def job(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """Many keys, answered by a file."""
    answer = _sent(f"{PLACE}/batches", _many(asked), Prefer="respond-async")
    if answer.status_code != 202:
        return False
    code = answer.json()["job"]
    batches.answer_job(code=code, now=timezone.now)
    return result_path(code).exists() and "李明" in result_path(code).read_text()


def x_road(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """A client of X-Road, with its secret."""
    issued = _a_client()
    secret = b64encode(f"{issued.client.client_id}:{issued.secret}".encode()).decode()
    answer = Browser().post(
        f"/r1/guangzhou/GOV/public_security/local/{CODE}",
        json.dumps({"key": KNOWN_ID, "fields": asked["fields"], "purpose": asked["kind"]}),
        content_type="application/json",
        headers={
            "Authorization": f"Basic {secret}",
            "X-Road-Client": "guangzhou/GOV/construction/permits",
            "X-Road-Issue": str(asked["reference"]),
        },
    )
    return answer.status_code == 200 and answer.json()["values"] is not None


def node(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """An officer of another node."""
    at = timezone.now()
    a_node("district-a", members=["construction"], at=at)
    a_node("district-b", members=["public_security"], at=at)
    nodes.issue_directory(at=at)
    try:
        answer = nodes.ask_node(
            actor=actor, at=at, resource=f"district-b:{CODE}", key=KNOWN_ID, fields=asked["fields"],
            purpose=Purpose(**_why(asked)), through=Wire(at), node="district-a",
        )  # type: ignore[arg-type]  # fmt: skip
    except YiwangError:
        return False
    return answer.values is not None


def _many(asked: Asked) -> dict[str, object]:
    return {"keys": [KNOWN_ID], "fields": asked["fields"], "purpose": _why(asked)}


def _a_client() -> IssuedClient:
    return issue_client(
        actor=Actor.system("tests"), at=AT, organisation="construction", title=Text("系统", "System")
    )


def _token_of(issued: IssuedClient) -> str:
    given = issue_token(
        at=timezone.now(), address="203.0.113.9", client_id=issued.client.client_id, secret=issued.secret
    )
    assert given is not None
    return given.token


def _sent(address: str, body: object, token: str = "", **headers: str):
    bearer = {"Authorization": f"Bearer {token or _token_of(_a_client())}"}
    return Browser().post(address, body, content_type="application/json", headers=bearer | headers)


def _why(asked: Asked) -> dict[str, str]:
    return {"kind": str(asked["kind"]), "reference": str(asked["reference"])}


DOORS = [api, verification, page, case, system, batch, job, x_road, node]
Breaks = Callable[[], Asked]


def _grant(**changes: object) -> int:
    owner = an_officer("public_security", roles=("approver",))
    return issue_grant(actor=owner, at=AT, resource=CODE, **{**WORDS, **changes}).id


def expired() -> Asked:
    _grant(valid_until=date(2026, 1, 31))
    return ASKED


def not_begun() -> Asked:
    _grant(valid_from=date(2999, 1, 1))
    return ASKED


def revoked() -> Asked:
    grant = _grant()
    revoke_grant(
        actor=an_officer("public_security", roles=("approver",)), at=AT, grant=grant, because="不再需要"
    )
    return ASKED


def wrong_purpose() -> Asked:
    _grant()
    return {**ASKED, "kind": "enforcement"}


def field_outside() -> Asked:
    _grant()
    return {**ASKED, "fields": ["name", "birth_date"]}


def somebody_elses() -> Asked:
    _grant(grantee="health")
    return ASKED


def without_consent() -> Asked:
    _grant(needs_consent=True)
    return ASKED


def consent_withdrawn() -> Asked:
    _grant(needs_consent=True)
    now = timezone.now()
    made = new_person(name="李明", resident_id=KNOWN_ID, phone="13800001234", synthetic=True, at=AT)
    account = an_account(person=Person.objects.get(pk=made.pk))
    person = Actor(kind="citizen", account_id=account.pk, person_id=made.pk, name="李明")
    given = give_consent(
        actor=person, at=now - timedelta(hours=1), resource=CODE, grantee="construction", purpose="case",
        valid_until=now.date() + timedelta(days=30),
    )  # fmt: skip
    withdraw_consent(actor=person, at=now, consent=given.id)
    return ASKED


def quota_used() -> Asked:
    grant = _grant(quota_per_day=1)
    today = datetime.now(UTC)
    for _ in range(1):
        ask_directly(
            actor=an_officer("construction"), at=today, resource=CODE, key=KNOWN_ID, fields=("name",),
            purpose=Purpose(kind="case", reference="GJ-0"),
        )  # fmt: skip
    assert GrantDay.objects.filter(grant_id=grant).exists()
    return ASKED


BREAKS = [
    expired,
    not_begun,
    revoked,
    wrong_purpose,
    field_outside,
    somebody_elses,
    without_consent,
    consent_withdrawn,
    quota_used,
]


@pytest.fixture
def asker(db, tmp_path, monkeypatch, settings):
    monkeypatch.setenv("YIWANG_VAR", str(tmp_path))
    settings.STATIC_ROOT = tmp_path
    environment.cache_clear()
    forget_cached()
    with (
        PROVIDERS.temporarily("one_person", OnePersonProvider()),
        PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True),
    ):
        a_resource(at=AT)
        an_officer("health")
        yield an_officer("construction")
    environment.cache_clear()
    forget_cached()


@pytest.fixture
def browser(asker) -> Browser:
    opened = Browser()
    sign_in(opened, asker)
    return opened


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_d18_what_is_granted_is_had_at_every_door(asker, browser, door):
    _grant()

    assert door(asker, browser, ASKED)
    assert _sizes() == [1]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.__name__)
def test_d18_what_is_not_granted_is_had_at_none(asker, browser, door, broken):
    asked = broken()
    before = (TraceLine.objects.count(), list(GrantDay.objects.order_by("pk").values_list()))

    assert not door(asker, browser, asked)

    assert (TraceLine.objects.count(), list(GrantDay.objects.order_by("pk").values_list())) == before


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_d19_a_row_outside_is_as_if_it_were_not_there(asker, browser, door):
    _grant(row_filter={"division": ("440104",)})

    assert not door(asker, browser, ASKED)

    assert _sizes() == [0]


def _sizes() -> list[int]:
    """Results of the looks, at the owner; an asker at another node keeps a line of its own beside it."""
    return [line.size for line in TraceLine.objects.exclude(resource=f"district-b:{CODE}")]


#: What a system sends to each door of systems.
_OF_SYSTEMS: dict[str, dict[str, object]] = {
    "requests": {"key": KNOWN_ID, "fields": ["name"], "purpose": _why(ASKED)},
    "batches": {"keys": [KNOWN_ID], "fields": ["name"], "purpose": _why(ASKED)},
    "searches": {"equal": {"name": "李明"}, "fields": ["name"], "purpose": _why(ASKED)},
    "verifications": {"key": KNOWN_ID, "claims": {"name": "李明"}, "purpose": _why(ASKED)},
}


@pytest.mark.usefixtures("asker")
def test_d18_a_revoked_client_has_nothing_from_then_on():
    """Its token would last minutes longer; a job that it asked for ends with a refusal."""
    _grant()
    issued, now = _a_client(), timezone.now()
    token = _token_of(issued)
    assert _sent(f"{PLACE}/requests", _OF_SYSTEMS["requests"], token).status_code == 200
    waiting = _sent(f"{PLACE}/batches", _many(ASKED), token, Prefer="respond-async")
    code = waiting.json()["job"]
    revoke_client(
        actor=an_officer("construction", roles=("approver",)), at=now, client_id=issued.client.client_id,
        because="密钥外泄",
    )  # fmt: skip
    before = (TraceLine.objects.count(), list(GrantDay.objects.order_by("pk").values_list()))

    for door, body in _OF_SYSTEMS.items():
        assert _sent(f"{PLACE}/{door}", body, token).status_code == 401, door
    job_now = Browser().get(waiting.headers["Location"], headers={"Authorization": f"Bearer {token}"})
    assert job_now.status_code == 401
    assert batches.answer_job(code=code, now=timezone.now) == "refused"

    assert not result_path(code).exists()
    assert (TraceLine.objects.count(), list(GrantDay.objects.order_by("pk").values_list())) == before
