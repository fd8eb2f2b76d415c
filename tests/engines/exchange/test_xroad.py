"""An X-Road REST client calls a resource unchanged: headers, hash, errors, and the same law behind it."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date
from hashlib import sha512

import pytest
from django.test import Client
from tests.engines.exchange.conftest import ISSUED, officer

from yiwang.exchange.api import issue_client
from yiwang.exchange.models import TraceLine
from yiwang.exchange.nodes.rules.xroad import Unreadable, read_client, read_service, request_hash
from yiwang.exchange.testing import KNOWN_ID
from yiwang.kernel.text import Text

SERVICE = "/r1/guangzhou/GOV/public_security/local/person_for_tests"
CLIENT = "guangzhou/GOV/construction/permits"
#: The door knows no other day than today.
STILL = date(2099, 12, 31)


@pytest.fixture
def basic(grant_of) -> str:
    grant_of(valid_until=STILL)
    issued = issue_client(
        actor=officer("construction", "approver"), at=ISSUED, organisation="construction",
        title=Text("许可系统", "Permits"),
    )  # fmt: skip
    return "Basic " + b64encode(f"{issued.client.client_id}:{issued.secret}".encode()).decode()


def ask(credential: str, address: str = SERVICE, client: str = CLIENT, **body: object):
    question = {"key": KNOWN_ID, "fields": ["name"], **body}
    headers = {"X-Road-Client": client, "X-Road-Id": "fa2e18a5", "X-Road-Issue": "4401-2026-1"}
    if credential:
        headers["Authorization"] = credential
    return Client().post(address, json.dumps(question), content_type="application/json", headers=headers)


def test_d15_an_x_road_client_looks_up_unchanged(basic):
    answer = ask(basic)
    assert answer.status_code == 200, answer.content
    assert answer.json() == {"values": {"name": "李明"}, "version": 3}
    assert answer["X-Road-Id"] == "fa2e18a5"
    assert answer["X-Road-Client"] == CLIENT
    assert answer["X-Road-Service"] == SERVICE.removeprefix("/r1/")
    assert answer["X-Road-Request-Id"] not in {"", "fa2e18a5"}
    head = (
        f"POST\r\n{SERVICE}\r\nX-Road-Client:{CLIENT}\r\nX-Road-Id:fa2e18a5\r\nX-Road-Issue:4401-2026-1\r\n"
    )
    head += "Content-Type:application/json\r\n"
    body = json.dumps({"key": KNOWN_ID, "fields": ["name"]}).encode()
    whole = sha512(sha512(head.encode()).digest() + sha512(body).digest()).digest()
    assert answer["X-Road-Request-Hash"] == b64encode(whole).decode()
    line = TraceLine.objects.get()
    assert (line.organisation, line.purpose, line.reference) == ("construction", "case", "4401-2026-1")


@pytest.mark.parametrize(
    ("changes", "status", "kind"),
    [
        ({"client": "guangzhou/GOV/labour/x"}, 403, "Client.AccessDenied"),
        ({"client": "elsewhere/GOV/construction/x"}, 400, "Client.BadRequest"),
        ({"client": ""}, 400, "Client.BadRequest"),
        ({"fields": ["birth_date"]}, 403, "Server.ServerProxy.AccessDenied"),
        ({"purpose": "statistics"}, 403, "Server.ServerProxy.AccessDenied"),
        ({"fields": []}, 400, "Client.BadRequest"),
        (
            {"address": SERVICE.replace("person_for_tests", "nothing")},
            404,
            "Server.ServerProxy.UnknownService",
        ),
        ({"address": SERVICE + "/more"}, 400, "Client.BadRequest"),
    ],
)
def test_d15_refusals_are_x_road_errors_and_change_nothing(basic, changes, status, kind):
    answer = ask(basic, **changes)
    assert (answer.status_code, answer["X-Road-Error"], answer.json()["type"]) == (status, kind, kind)
    assert TraceLine.objects.count() == 0
    assert KNOWN_ID not in answer.content.decode()


@pytest.mark.parametrize("credential", ["", "Basic rubbish", "Basic " + b64encode(b"a:b").decode()])
def test_d15_without_a_credential_the_header_alone_is_nobody(basic, credential):
    answer = ask(credential)
    assert (answer.status_code, answer["X-Road-Error"]) == (401, "Client.Authentication")


@pytest.mark.parametrize("text", ["", "a/b", "a/b/c/d/e/f", "a//c", "a/b/c d", "a/b/%2F"])
def test_what_is_no_identifier_is_refused(text):
    with pytest.raises(Unreadable):
        read_client(text)
    with pytest.raises(Unreadable):
        read_service("x/" + text)


def test_without_a_body_the_hash_is_of_the_headers_alone():
    head = b"GET\r\n/r1/x\r\nX-Road-Client:a/b/c\r\n"
    found = request_hash("GET", "/r1/x", [("X-Road-Client", "a/b/c")], b"")
    assert found == b64encode(sha512(head).digest()).decode()


def test_a_client_with_its_secret_keeps_its_pace_too(grant_of):
    grant_of(valid_until=STILL)
    issued = issue_client(
        actor=officer("construction", "approver"), at=ISSUED, organisation="construction",
        title=Text("许可系统", "Permits"), per_second=1,
    )  # fmt: skip
    shown = "Basic " + b64encode(f"{issued.client.client_id}:{issued.secret}".encode()).decode()

    answers = [ask(shown) for _ in range(3)]

    assert (answers[0].status_code, answers[-1].status_code) == (200, 429)
    assert (answers[-1]["Retry-After"], TraceLine.objects.count() < 3) == ("1", True)


def test_an_address_that_would_break_a_header_is_refused(basic):
    answer = ask(basic, SERVICE.replace("local", "lo%0Dcal"))

    assert (answer.status_code, answer["X-Road-Service"]) == (400, "")
