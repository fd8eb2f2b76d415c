"""What every answer bears, refusals included; and what no request may hold."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from yiwang.cases.models import Message
from yiwang.cases.testing import a_review_type, an_application
from yiwang.cases.testing import officer as desk_officer
from yiwang.identity.models import Account
from yiwang.identity.testing import an_officer, sign_in
from yiwang.portal.web import home

pytestmark = pytest.mark.django_db
NUMBER = "440103199001011234"
_POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    "manifest-src 'self'",
}  # fmt: skip


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def officer() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(
        Account.objects.get(pk=an_officer("water", roles=(), username="an.officer").account_id)
    )
    return client


def officer_of_the_desk(*place: str) -> Client:
    client = Client()
    sign_in(client, desk_officer(*place))
    return client


def guarded(answer) -> None:
    said = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    assert said == _POLICY
    assert {
        name: answer.headers.get(name)
        for name in (
            "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }  # fmt: skip
    body = answer.content.decode()
    assert " style=" not in body
    assert "<script>" not in body
    assert " onclick=" not in body


def test_every_kind_of_answer_bears_the_policies(visitor, monkeypatch):
    answers = {
        200: visitor.get("/track/"),
        302: visitor.get("/desk/"),
        400: visitor.get("/", headers={"host": "elsewhere.example"}),
        401: visitor.get("/api/exchange/own-trace"),
        403: visitor.post("/track/", {"number": "1"}),
        404: visitor.get("/no/such/page/"),
        405: Client().delete("/"),
    }
    monkeypatch.setattr(home, "front_page", lambda *_, **__: 1 / 0)
    answers[500] = visitor.get("/")

    assert {status: answer.status_code for status, answer in answers.items()} == {s: s for s in answers}
    for answer in answers.values():
        guarded(answer)


@pytest.mark.parametrize("address", ["/", "/en/", "/api/registers"])
def test_a_fault_shows_nothing_of_itself(visitor, monkeypatch, address):
    def fail(*_: object, **__: object) -> None:
        raise ValueError(NUMBER)

    monkeypatch.setattr(home, "front_page", fail)
    monkeypatch.setattr("yiwang.registers.api.list_registers", fail)
    answer = visitor.get(address)

    body = answer.content.decode()
    assert answer.status_code == 500
    assert NUMBER not in body
    assert "ValueError" not in body
    assert "Traceback" not in body
    if address.startswith("/api/"):
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(body)["type"] == "urn:yiwang:problem:platform.broken"
    else:
        assert "系统出现故障" in body
        assert "Something went wrong" in body


def test_a_missing_address_of_the_interface_is_a_problem(visitor):
    answer = visitor.get("/api/no-such-thing")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(answer.content)["type"] == "urn:yiwang:problem:kernel.not_found"


def test_health_tells_no_more_than_that(visitor):
    assert set(visitor.get("/healthz").json()) == {"status", "version"}
    assert set(visitor.get("/readyz").json()) == {"status", "database", "migrations_missing"}


def test_nothing_that_was_made_for_somebody_is_kept(visitor, officer):
    kept = {
        path: officer.get(path).headers["Cache-Control"] for path in ("/", "/account/", "/desk/", "/track/")
    }
    anonymous = {path: visitor.get(path).headers["Cache-Control"] for path in ("/", "/services/")}

    assert all("no-store" in said for said in kept.values()), kept
    assert set(anonymous.values()) == {"private, no-cache"}


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("get", "/services/", {"q": "a\x00b"}),
        ("get", "/services/", {"a\x00b": "1"}),
        ("get", "/licences/A%00B/", {}),
        ("post", "/track/", {"number": "a\x00", "code": "1"}),
        ("post", "/account/login/", {"login": "a\x00", "password": "b"}),
        ("get", "/api/registers/legal_entities/entries", {"name": "\x00"}),
    ],
)
def test_a_character_that_no_text_has_is_refused_at_the_door(method, path, data):
    answer = getattr(Client(raise_request_exception=False), method)(path, data)

    assert answer.status_code == 400
    assert "NUL" not in answer.content.decode()


def test_marks_of_direction_are_left_out_of_forms():
    window = officer_of_the_desk("service_centre", "window")
    case = an_application(a_review_type())
    sent = window.post(
        f"/desk/cases/{case.number}/acts/message/",
        {"body": "\u202e\u2066反\u2069过来\u202c\u200f👩\u200d⚖️ 1\r\n2"},
    )

    assert sent.status_code == 302
    assert Message.objects.get().body.replace("\r\n", "\n") == "反过来👩\u200d⚖️ 1\n2"


@pytest.mark.parametrize(
    "body",
    [
        '{"key": "1", "key": "2"}',
        '{"key": "\\u0000"}',
        '{"key": ["\\u0000"]}',
        '{"key": "\\ud800"}',
        '{"key": NaN}',
        '{"key": -Infinity}',
        '{"key": 1' + "0" * 400 + "}",
        "[" * 100_000,
        '{"key": ',
        "\xff",
    ],
    ids=["twice", "null", "null inside", "surrogate", "nan", "infinity", "huge", "deep", "cut off", "bytes"],
)
def test_a_body_that_is_no_plain_json_is_refused(officer, body):
    answer = officer.post(
        "/api/registers/persons/look-ups", body.encode("latin-1"), content_type="application/json"
    )

    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"] == [
        {
            "path": "body",
            "detail": {"zh": "请求正文不是 JSON", "en": "The body is not JSON"},
        }
    ]
