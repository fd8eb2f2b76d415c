"""Signatures between nodes, judged by an independent library and by everything that may be altered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
    algorithms,
)
from hypothesis import given
from hypothesis import strategies as st

from yiwang.exchange.nodes.contracts import Fault, HttpMessage, MessageRefused
from yiwang.exchange.nodes.rules.signatures import (
    REQUEST_PARTS,
    REQUEST_TAG,
    WINDOW,
    Signer,
    content_digest,
    http_date,
    signed,
    verified,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RAW = KEY.public_key().public_bytes_raw()
RESOLVER = MappingKeyResolver(public_keys={"4f3c": KEY.public_key()}, private_keys={"4f3c": KEY})
SIGNER = Signer(keyid="4f3c", sign=KEY.sign)
NOW = dt.datetime(2026, 11, 22, 3, 0, 5, tzinfo=dt.UTC)


def a_request(body: bytes = b'{"key": "x"}') -> HttpMessage:
    return HttpMessage(
        method="POST",
        target="https://127.0.0.1:8443/node/v1/requests",
        headers={
            "content-type": "application/json",
            "yiwang-message": "5f2b7d56-0000-4000-8000-000000000001",
            "yiwang-client": "district-a:d440103",
            "yiwang-service": "district-b:persons",
            "yiwang-purpose": "case",
        },
        body=body,
    )


def a_signed_request() -> HttpMessage:
    return signed(a_request(), SIGNER, at=NOW, nonce="n-1")


def key_of(keyid: str) -> bytes:
    if keyid != "4f3c":
        raise MessageRefused(fault=Fault.UNKNOWN_KEY)
    return RAW


def fault_of(message: HttpMessage, at: dt.datetime = NOW, request: HttpMessage | None = None) -> Fault:
    with pytest.raises(MessageRefused) as refused:
        verified(message, key_of, at=at, request=request)
    return refused.value.fault


def as_requests(message: HttpMessage) -> requests.PreparedRequest:
    return requests.Request(
        message.method, message.target, headers=dict(message.headers), data=message.body
    ).prepare()


@given(body=st.binary(max_size=200))
def test_d15_another_library_verifies_what_we_sign(body: bytes):
    message = signed(a_request(body), SIGNER, at=dt.datetime.now(dt.UTC), nonce="n-1")
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=RESOLVER)
    [result] = verifier.verify(as_requests(message))
    assert result.parameters["nonce"] == "n-1"
    assert result.parameters["tag"] == REQUEST_TAG


@given(order=st.permutations(REQUEST_PARTS))
def test_d15_we_verify_what_another_library_signs_in_any_order(order: list[str]):
    plain = a_request()
    headers = {**plain.headers, "content-digest": content_digest(plain.body), "date": http_date(NOW)}
    prepared = as_requests(replace(plain, headers=headers))
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=RESOLVER)
    signer.sign(
        prepared,
        key_id="4f3c",
        created=NOW,
        expires=NOW + WINDOW,
        nonce="n-2",
        tag=REQUEST_TAG,
        label="other",
        covered_component_ids=order,
        use_existing_digest=True,
    )
    found = {name.lower(): value for name, value in prepared.headers.items()}
    said = verified(replace(plain, headers=found), key_of, at=NOW)
    assert (said.label, said.keyid, said.nonce, said.covered) == ("other", "4f3c", "n-2", tuple(order))


def test_the_time_stands_as_http_writes_it():
    assert http_date(NOW) == "Sun, 22 Nov 2026 03:00:05 GMT"


@pytest.mark.parametrize("name", [*a_request().headers, "date"])
def test_d15_an_altered_header_is_refused(name: str):
    message = a_signed_request()
    assert fault_of(replace(message, headers={**message.headers, name: "altered"})) is Fault.SIGNATURE_FALSE


@pytest.mark.parametrize("name", [*a_request().headers, "date"])
def test_d15_a_header_taken_away_is_refused(name: str):
    message = a_signed_request()
    left = {key: value for key, value in message.headers.items() if key != name}
    assert fault_of(replace(message, headers=left)) is Fault.NOT_COVERED


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"body": b'{"key": "y"}'}, Fault.BODY_ALTERED),
        ({"method": "PUT"}, Fault.SIGNATURE_FALSE),
        ({"target": "https://127.0.0.1:8443/node/v1/other"}, Fault.SIGNATURE_FALSE),
    ],
)
def test_d15_an_altered_message_is_refused(change: dict[str, object], fault: Fault):
    assert fault_of(replace(a_signed_request(), **change)) is fault


def test_d15_body_and_digest_altered_together_are_refused():
    message = a_signed_request()
    headers = {**message.headers, "content-digest": content_digest(b"other")}
    assert fault_of(replace(message, body=b"other", headers=headers)) is Fault.SIGNATURE_FALSE


@pytest.mark.parametrize("seconds", [-61, 61, 3600])
def test_d15_a_clock_that_differs_too_much_is_refused(seconds: int):
    assert fault_of(a_signed_request(), NOW + dt.timedelta(seconds=seconds)) is Fault.CLOCK_SKEW


@pytest.mark.parametrize("seconds", [-59, 0, 59])
def test_a_clock_within_the_window_is_believed(seconds: int):
    assert verified(a_signed_request(), key_of, at=NOW + dt.timedelta(seconds=seconds)).nonce == "n-1"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"yiwang-purpose"', "", Fault.NOT_COVERED),
        ('"yiwang-purpose"', '"date"', Fault.MALFORMED),
        ("alg=", "law=", Fault.MALFORMED),
        ("ed25519", "hmac-sha256", Fault.UNKNOWN_SUITE),
        ("4f3c", "4f3d", Fault.UNKNOWN_KEY),
        ("yiwang-request", "another-tag", Fault.UNSIGNED),
        ("created=", "created=1;x=", Fault.MALFORMED),
        ('"n-1"', "1", Fault.MALFORMED),
        ("node=", "node=(((", Fault.MALFORMED),
        ("node=", "节点=", Fault.MALFORMED),
        ('nonce="n-1"', 'nonce="n-2"', Fault.SIGNATURE_FALSE),
    ],
)
def test_d15_an_altered_signature_input_is_refused(old: str, new: str, fault: Fault):
    message = a_signed_request()
    value = message.headers["signature-input"].replace(old, new)
    assert fault_of(replace(message, headers={**message.headers, "signature-input": value})) is fault


def test_d15_no_signature_is_no_message():
    assert fault_of(a_request()) is Fault.UNSIGNED


def test_d15_an_answer_belongs_to_its_request_only():
    request = a_signed_request()
    plain = HttpMessage(
        status=200,
        headers={"content-type": "application/json", "yiwang-message": request.headers["yiwang-message"]},
        body=b"{}",
    )
    answer = signed(plain, SIGNER, at=NOW, nonce="a-1", request=request)
    assert verified(answer, key_of, at=NOW, request=request).nonce == "a-1"
    other = signed(a_request(b'{"key": "z"}'), SIGNER, at=NOW, nonce="n-3")
    assert fault_of(answer, request=other) is Fault.SIGNATURE_FALSE
    assert fault_of(replace(answer, status=403), request=request) is Fault.SIGNATURE_FALSE
    assert fault_of(replace(answer, body=b"[]"), request=request) is Fault.BODY_ALTERED
    # A request can't pass as an answer, nor an answer as a request.
    assert fault_of(request, request=request) is Fault.UNSIGNED
    assert fault_of(answer) is Fault.UNSIGNED


@given(st.text(max_size=80), st.text(max_size=80))
def test_d15_rubbish_is_refused_and_never_breaks(given_input: str, given_signature: str):
    message = a_signed_request()
    headers = {**message.headers, "signature-input": given_input, "signature": given_signature}
    assert fault_of(replace(message, headers=headers)) in set(Fault)
