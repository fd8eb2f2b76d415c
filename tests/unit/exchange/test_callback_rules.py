"""Which addresses are called, and the signature that a receiver checks with another library."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from requests import Request

from yiwang.exchange.callbacks.contracts import CallbackRefused
from yiwang.exchange.callbacks.rules.addresses import (
    may_be_called,
    networks_of,
    refuse_undeclared,
    refuse_unsound_origins,
    wait_after,
)
from yiwang.exchange.callbacks.rules.signing import signed_headers

ORIGIN = "https://sys.example.cn:8443"


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fd00::1",
     "::ffff:10.0.0.1", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_numbers_behind_the_wall_are_not_called_unless_named(number):
    assert may_be_called(number, ()) is False
    assert may_be_called(number, networks_of("10.0.0.0/8, 192.168.0.0/16")) is (
        number in {"10.1.2.3", "192.168.0.9", "::ffff:10.0.0.1"}
    )


def test_numbers_of_the_open_network_are_called():
    assert may_be_called("93.184.216.34", ()) is True
    assert may_be_called("2606:2800:220:1::1", ()) is True


@pytest.mark.parametrize(
    "url",
    ["https://sys.example.cn/x", "http://sys.example.cn:8443/x", "https://sys.example.cn:8443",
     "https://sys.example.cn:8443@evil.example/x", "https://sys.example.cn:8443/x#y",
     "https://sys.example.cn:84430/x", "https://sys.example.cn:8443/a b", "file:///etc/passwd"],
)  # fmt: skip
def test_only_declared_origins(url):
    with pytest.raises(CallbackRefused):
        refuse_undeclared(url, [ORIGIN])


def test_a_path_under_a_declared_origin():
    refuse_undeclared(f"{ORIGIN}/hooks/city?x=1", ["http://other.example", ORIGIN])


@pytest.mark.parametrize(
    "origins", [[], ["ftp://a"], ["https://a/"], ["https://a/b"], ["https://A.example"], ["https://a"] * 6]
)
def test_origins_are_scheme_host_and_port(origins):
    with pytest.raises(CallbackRefused):
        refuse_unsound_origins(origins)


def test_waits_double_up_to_an_hour():
    assert [wait_after(n).total_seconds() for n in (1, 2, 3, 11, 12, 40)] == [2, 4, 8, 2048, 3600, 3600]


class _Key(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id: str) -> bytes:
        assert key_id == "c1/2"
        return b"key"


def test_another_library_believes_the_signature_and_no_other_body():
    at, url = datetime.now(UTC) - timedelta(seconds=2), f"{ORIGIN}/hooks"
    headers = signed_headers(url=url, body=b"{}", delivery="d1", key=b"key", key_id="c1/2", at=at)
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=_Key())

    found = verifier.verify(Request("POST", url, data=b"{}", headers=dict(headers)).prepare())

    assert found[0].covered_components['"content-digest"'].startswith("sha-256=:RBNvo1WzZ4oRRq0W9")
    spoilt = dict(headers) | {"Yiwang-Delivery": "d2"}
    with pytest.raises(Exception, match="did not match"):
        verifier.verify(Request("POST", url, data=b"{}", headers=spoilt).prepare())
