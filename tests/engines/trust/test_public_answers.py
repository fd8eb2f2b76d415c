"""What strangers fetch: certificates, revoked seals, checkpoints, proofs; and what they cannot."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime

import pytest
from cryptography import x509
from django.db import transaction
from django.test import Client

from yiwang.trust import api
from yiwang.trust.models import LedgerLeaf
from yiwang.trust.rules import checkpoint, merkle

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def fill(count: int) -> None:
    with transaction.atomic():
        for n in range(count):
            api.record("cases.decided", f"case:{n}", {"n": n}, at=NOW)
    api.sequence_leaves(at=NOW)


def test_an_empty_ledger(client: Client) -> None:
    assert client.get("/api/trust/checkpoint").status_code == 404
    assert client.get("/api/trust/key").json()["type"] == "urn:yiwang:problem:trust.head_not_found"


def test_a_stranger_checks_an_entry(client: Client) -> None:
    fill(9)
    leaf = LedgerLeaf.objects.get(index=4)
    key = b64decode(client.get("/api/trust/key").json()["key"])
    answer = client.get("/api/trust/inclusion", {"hash": bytes(leaf.leaf_hash).hex()}).json()
    head, named, _signature = checkpoint.parsed(answer["checkpoint"])
    assert named == checkpoint.key_hash(head.origin, key)
    assert answer["checkpoint"] == client.get("/api/trust/checkpoint").content.decode()
    path = [b64decode(element) for element in answer["path"]]
    assert merkle.verify_inclusion(bytes(leaf.leaf_hash), answer["index"], head.size, path, head.root)


def test_a_stranger_checks_that_nothing_was_rewritten(client: Client) -> None:
    fill(3)
    fill(4)
    answer = client.get("/api/trust/consistency", {"first": 3, "second": 7}).json()
    older, newer = (checkpoint.parsed(answer[name])[0] for name in ("older", "newer"))
    path = [b64decode(element) for element in answer["path"]]
    assert merkle.verify_consistency(3, 7, older.root, newer.root, path)


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/api/trust/inclusion", 422, "hash"),
        ("/api/trust/inclusion?hash=zz", 422, "hash"),
        (f"/api/trust/inclusion?hash={'0' * 64}&size=-1", 422, "size"),
        ("/api/trust/consistency?first=3", 422, "second"),
        ("/api/trust/consistency?first=7&second=3", 422, "first"),
        (f"/api/trust/consistency?first={'9' * 5000}&second=3", 422, "first"),
        ("/api/trust/consistency?first=١&second=3", 422, "first"),
    ],
)
def test_bad_questions(client: Client, address: str, status: int, field: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["path"] == field


@pytest.mark.parametrize(
    "address",
    [f"/api/trust/inclusion?hash={'0' * 64}", "/api/trust/consistency?first=1&second=2"],
)
def test_what_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_certificates_and_revoked_seals(client: Client) -> None:
    root = x509.load_pem_x509_certificate(client.get("/trust/root.pem").content)
    answer = client.get("/trust/seals.crl")
    assert answer["Content-Type"] == "application/pkix-crl"
    revoked = x509.load_der_x509_crl(answer.content)
    assert revoked.is_signature_valid(root.public_key())
    assert len(list(revoked)) == 0
    assert client.post("/trust/root.pem").status_code == 405
