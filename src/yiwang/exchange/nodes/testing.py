"""Two nodes in one database, for tests: both enrolled with one authority, joined by a wire of the test's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.exchange.models import NodeIdentity
from yiwang.exchange.nodes.api import answer_message
from yiwang.exchange.nodes.contracts import HttpMessage, Peer
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.platform.contracts import Actor
from yiwang.trust import api as trust
from yiwang.trust.testing import NodeKeys


def a_node(
    node: str, *, members: Sequence[str], at: datetime, keys: NodeKeys | None = None, address: str = ""
) -> NodeIdentity:
    """Enrol a node with the authority of this database."""
    made = keys or NodeKeys.generate()
    forget_cached()
    wanted = made.order(node, members=tuple(members))
    if address:
        wanted = replace(wanted, address=address)
    order = trust.order_certificates(actor=Actor.system("enrolment"), order=wanted, at=at)
    issued = trust.approve_order(actor=Actor.system("console"), order=order.id, at=at)
    sign, tls = issued.certificates
    root = x509.load_pem_x509_certificate(trust.root_certificates(at=at)[-1].encode())
    facts = {
        "organisation": order.organisation,
        "members": list(members),
        "address": order.address,
        "centre": "http://127.0.0.1:9",
        "root": root.public_bytes(Encoding.DER),
        "sign_fingerprint": trust.keep_key(made.sign),
        "tls_fingerprint": trust.keep_key(made.tls),
        "sign_certificate": sign,
        "tls_certificate": tls,
        "valid_until": x509.load_der_x509_certificate(sign).not_valid_after_utc,
    }
    row, _ = NodeIdentity.objects.update_or_create(node=node, defaults=facts)
    return row


class Wire:
    """Carries requests to the other node in the same process, and remembers what passed."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.passed: list[tuple[HttpMessage, HttpMessage]] = []

    def __call__(self, peer: Peer, request: HttpMessage) -> HttpMessage:
        """Have it answered."""
        answer = answer_message(request, node=peer.node, at=self.at)
        self.passed.append((request, answer))
        return answer


class HereWitness:
    """The authority of this database as the witness of batches."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def token(self, digest: bytes) -> bytes:
        """A time stamp."""
        return trust.token_of(trust.stamp_time(trust.make_time_question(digest, nonce=7), at=self.at))

    def status(self, certificate: bytes) -> bytes:
        """What counts."""
        root = x509.load_pem_x509_certificate(trust.root_certificates(at=self.at)[-1].encode())
        question = trust.question_about(x509.load_der_x509_certificate(certificate), root)
        return trust.certificate_status(question, at=self.at)
