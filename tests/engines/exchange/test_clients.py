"""Credentials of departments' systems: who issues them, the token endpoint, and the bearer at the doors."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from structlog.testing import capture_logs

from yiwang.exchange.api import (
    PROVIDERS,
    issue_client,
    issue_grant,
    issue_token,
    list_clients,
    revoke_client,
)  # fmt: skip
from yiwang.exchange.clients.contracts import ClientRefused
from yiwang.exchange.contracts import GrantNotFound
from yiwang.exchange.models import Client, ClientToken, TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.api import refuse_if_locked
from yiwang.identity.models import SignInState
from yiwang.identity.testing import an_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry

AT = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
SYSTEM = Actor.system("tests")
TITLE = Text("审批系统", "Approvals")
TOKEN = "/api/oauth/token"
REQUESTS = "/api/exchange/resources/person_for_tests/requests"
ASKING = {"key": KNOWN_ID, "fields": ["name"], "purpose": {"kind": "enforcement", "reference": "K-1"}}


@pytest.fixture
def grant(db):
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        a_resource(at=AT)
        an_officer("construction")
        yield issue_grant(
            actor=an_officer("public_security", roles=["approver"]), at=AT, resource="person_for_tests",
            grantee="construction", fields=("name", "division"), purpose="enforcement",
            legal_basis=Text("测试", "For tests"), valid_from=AT.date(),
            valid_until=(timezone.now() + timedelta(days=400)).date(),
        )  # fmt: skip


def issued(**changes):
    return issue_client(
        **({"actor": SYSTEM, "at": AT, "organisation": "construction", "title": TITLE} | changes)
    )


def form(client, issued_client, **changes):
    body = {
        "grant_type": "client_credentials", "client_id": issued_client.client.client_id,
        "client_secret": issued_client.secret,
    } | changes  # fmt: skip
    return post_form(client, {name: value for name, value in body.items() if value is not None})


def post_form(client, body, **headers):
    return client.post(TOKEN, urlencode(body), content_type="application/x-www-form-urlencoded", **headers)


def bearer(client, issued_client):
    return {"HTTP_AUTHORIZATION": f"Bearer {form(client, issued_client).json()['access_token']}"}


def ask(client, address=REQUESTS, body=ASKING, **headers):
    return client.post(address, body, content_type="application/json", **headers)


def test_a_secret_is_shown_once_and_kept_nowhere(grant):
    found = issued()

    row = Client.objects.get()
    assert len(found.secret) == 43
    assert found.secret.encode() not in bytes(row.secret_hash)
    assert found.secret not in str(JournalEntry.objects.filter(operation="exchange.client.issue").values())
    assert list_clients(organisation="construction") == [found.client]


@pytest.mark.parametrize("roles", [["handler"], ["window"], []])
def test_officers_without_the_right_issue_nothing(grant, roles):
    with pytest.raises(OperationNotAllowed):
        issued(actor=an_officer("construction", roles=roles))
    with pytest.raises(OperationNotAllowed):
        issued(actor=an_officer("planning", roles=["approver"]))

    assert Client.objects.count() == 0


def test_a_credential_that_contradicts_itself_is_refused(grant):
    for changes in ({"purposes": ["own_duty"]}, {"title": Text(" ", "x")}, {"per_second": 0}):
        with pytest.raises(ClientRefused):
            issued(**changes)
    with pytest.raises(GrantNotFound):
        issued(grant=grant.id, organisation="planning")

    assert Client.objects.count() == 0


def test_a_token_by_form_or_basic(client, grant):
    found = issued()
    pair = base64.b64encode(f"{found.client.client_id}:{found.secret}".encode()).decode()

    by_form = form(client, found)
    by_basic = post_form(client, {"grant_type": "client_credentials"}, HTTP_AUTHORIZATION=f"Basic {pair}")

    for answer in (by_form, by_basic):
        said = answer.json()
        assert (answer.status_code, said["token_type"], said["expires_in"]) == (200, "Bearer", 600)


def test_the_token_endpoint_refuses_as_rfc_6749_says(client, grant):
    found = issued()
    for changes, status, error in (
        ({"client_secret": "x" * 43}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_secret": found.secret + "x"}, 401, "invalid_client"),
        ({"client_id": None, "client_secret": None}, 401, "invalid_client"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "everything"}, 400, "invalid_scope"),
    ):
        answer = form(client, found, **changes)
        assert (answer.status_code, answer.json()["error"]) == (status, error)
        assert answer.headers["Cache-Control"] == "no-store"
    answer = client.post(TOKEN, {}, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert ClientToken.objects.count() == 0


def test_wrong_secrets_lock_their_address_and_nobody_else(client, grant):
    found = issued()
    wrong = "y" * 43
    pair = base64.b64encode(f"{found.client.client_id}:{wrong}".encode()).decode()
    here, elsewhere = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "203.0.113.8"}
    right = {
        "grant_type": "client_credentials", "client_id": found.client.client_id,
        "client_secret": found.secret,
    }  # fmt: skip

    with capture_logs() as logged:
        for number in range(20):
            body = {**right, "client_id": f"{number:024x}" if number % 2 else right["client_id"]}
            answer = post_form(client, body | {"client_secret": wrong}, **here)
            assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        before = (list(SignInState.objects.values()), JournalEntry.objects.count())
        refused = [post_form(client, body, **here) for body in (right, right | {"client_secret": wrong})]
        by_xroad = client.post(
            "/r1/CITY/GOV/construction/local/person_for_tests", ASKING, content_type="application/json",
            headers={"Authorization": f"Basic {pair}", "X-Road-Client": "CITY/GOV/construction/x"}, **here,
        )  # fmt: skip

    for answer in refused:
        assert (answer.status_code, answer.json()["error"]) == (429, "temporarily_unavailable")
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        assert answer.headers["Cache-Control"] == "no-store"
    assert (by_xroad.status_code, "Retry-After" in by_xroad.headers) == (429, True)
    # seen by nobody: no token, no further count, no second line in the journal
    assert ClientToken.objects.count() == 0
    assert (list(SignInState.objects.values()), JournalEntry.objects.count()) == before
    locked = JournalEntry.objects.get(operation="identity.sign_in.lock")
    assert (locked.subject, locked.detail["failures"]) == ("sign_in:client_address", 20)
    assert not [line for line in logged if wrong in str(line) or "203.0.113.7" in str(line)]
    assert {line["event"] for line in logged} >= {"identity.client_failed", "identity.client_refused"}
    # people sign in from there, other addresses get their tokens, and so does this one when the time is over
    refuse_if_locked(address="203.0.113.7", at=timezone.now())
    assert post_form(client, right, **elsewhere).status_code == 200
    later = timezone.now() + timedelta(minutes=15)
    assert issue_token(at=later, address="203.0.113.7", client_id=found.client.client_id, secret=found.secret)


def test_a_system_asks_in_the_name_of_its_organisation(client, grant):
    found = issued()

    answer = ask(client, **bearer(client, found))

    assert (answer.status_code, answer.json()["values"]) == (200, {"name": "李明"})
    line = TraceLine.objects.get()
    assert (line.organisation, line.system, line.grant_id) == (
        "construction", f"client:{found.client.client_id}", grant.id,
    )  # fmt: skip


def test_a_token_opens_the_exchange_and_nothing_else(client, grant):
    headers = bearer(client, issued())

    for address in ("/api/exchange/own-trace", "/desk/inbox/", "/api/registers/persons/searches"):
        assert client.get(address, **headers).status_code in (302, 401, 404, 405)


def test_bounds_of_a_credential_hold(client, grant):
    for bounds in ({"purposes": ["case"]}, {"grant": _other_grant().id}):
        answer = ask(client, **bearer(client, issued(**bounds)))
        assert answer.status_code == 403
    assert TraceLine.objects.count() == 0


def _other_grant():
    return issue_grant(
        actor=an_officer("public_security", roles=["approver"]), at=AT, resource="person_for_tests",
        grantee="construction", fields=("name",), purpose="case", legal_basis=Text("测试", "For tests"),
        valid_from=AT.date(), valid_until=(timezone.now() + timedelta(days=400)).date(),
    )  # fmt: skip


def test_a_wrong_or_revoked_token_is_told_so(client, grant):
    found = issued()
    headers = bearer(client, found)
    revoke_client(actor=SYSTEM, at=AT, client_id=found.client.client_id, because="停用")

    for header in (headers, {"HTTP_AUTHORIZATION": "Bearer " + "x" * 43}, {"HTTP_AUTHORIZATION": "Bearer x"}):
        answer = ask(client, **header)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert json.loads(answer.content)["type"] == "urn:yiwang:problem:exchange.token_refused"
    assert form(client, found).status_code == 401
    assert (ClientToken.objects.count(), TraceLine.objects.count()) == (0, 0)


def test_a_client_too_fast_is_told_when_to_come_back(client, grant):
    headers = bearer(client, issued(per_second=2))

    answers = [ask(client, **headers) for _ in range(6)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
    assert TraceLine.objects.count() == 6 - len(refused)
