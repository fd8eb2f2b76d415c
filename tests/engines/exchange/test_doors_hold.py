"""D18: no door gives what the grant does not cover, and a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client as Browser

from yiwang.exchange.api import PROVIDERS, PURPOSE_CHECKS, issue_grant, revoke_grant
from yiwang.exchange.api import request_data as ask_directly
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import GrantDay, TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.models import Account
from yiwang.identity.testing import an_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

AT = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
CODE = "person_for_tests"
WORDS = {
    "grantee": "construction", "fields": ("name", "division"), "purpose": "case",
    "legal_basis": Text("法", "Law"), "valid_from": date(2026, 1, 1), "valid_until": date(2999, 12, 31),
}  # fmt: skip
Asked = dict[str, object]
ASKED: Asked = {"fields": ["name"], "kind": "case", "reference": "GJ-1"}


def api(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """Over HTTP, as a program."""
    body = {"key": KNOWN_ID, "fields": asked["fields"], "purpose": _why(asked)}
    answer = browser.post(f"/api/exchange/resources/{CODE}/requests", body, content_type="application/json")
    return answer.status_code == 200 and answer.json()["values"] is not None


def verification(actor: Actor, browser: Browser, asked: Asked) -> bool:
    """Yes or no over HTTP."""
    claims = dict.fromkeys(asked["fields"], "李明")  # type: ignore[call-overload]
    body = {"key": KNOWN_ID, "claims": claims, "purpose": _why(asked)}
    page = f"/api/exchange/resources/{CODE}/verifications"
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


def _why(asked: Asked) -> dict[str, str]:
    return {"kind": str(asked["kind"]), "reference": str(asked["reference"])}


DOORS = [api, verification, page, case]
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
    quota_used,
]


@pytest.fixture
def asker(db):
    with (
        PROVIDERS.temporarily("one_person", OnePersonProvider()),
        PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True),
    ):
        a_resource(at=AT)
        an_officer("health")
        yield an_officer("construction")


@pytest.fixture
def browser(asker) -> Browser:
    opened = Browser()
    opened.force_login(Account.objects.get(pk=asker.account_id))
    return opened


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_d18_what_is_granted_is_had_at_every_door(asker, browser, door):
    _grant()

    assert door(asker, browser, ASKED)
    assert TraceLine.objects.count() == 1


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

    assert [line.size for line in TraceLine.objects.all()] == [0]
