"""What a node asks of the centre: root, certificates, directory, time, status. Each answer is signed."""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import BaseModel, ConfigDict, ValidationError

from yiwang.exchange.nodes.contracts import NodeUnreachable
from yiwang.trust import api as trust
from yiwang.trust.contracts import SignedStatement

#: The worker has other loops: who doesn't answer at once is asked again in the next round.
_SECONDS = httpx.Timeout(5.0, connect=2.0)
_MOST = 5_000_000


class _State(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    token: str
    state: str
    certificates: list[str]


class _Statement(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    content: str
    signature: str
    certificate: str


def root(centre: str) -> bytes:
    """The authority's root in DER, believed at the first contact; compare its fingerprint by telephone."""
    found = x509.load_pem_x509_certificates(_get(f"{centre}/trust/root.pem"))
    return found[-1].public_bytes(Encoding.DER)


def order(
    centre: str,
    facts: Mapping[str, object],
    *,
    sign_request: bytes,
    tls_request: bytes,
    proof: bytes,
) -> str:
    """Order certificates; gives the order's token."""
    requests = {"sign_request": sign_request, "tls_request": tls_request, "proof": proof}
    body = {**facts, **{name: b64encode(value).decode() for name, value in requests.items()}}
    try:
        answer = httpx.post(f"{centre}/api/trust/orders", json=body, timeout=_SECONDS, trust_env=False)
        answer.raise_for_status()
        return _State.model_validate_json(answer.content).token
    except (httpx.HTTPError, ValidationError):
        raise NodeUnreachable(node="centre", retryable=True) from None


def order_state(centre: str, token: str) -> tuple[str, list[bytes]]:
    """Where the order stands, with the certificates in DER once issued."""
    try:
        found = _State.model_validate_json(_get(f"{centre}/api/trust/orders/{token}"))
        return found.state, [b64decode(each, validate=True) for each in found.certificates]
    except (ValidationError, ValueError):
        raise NodeUnreachable(node="centre") from None


def directory(centre: str) -> SignedStatement:
    """The signed directory; who signed it is checked by who takes it."""
    try:
        found = _Statement.model_validate_json(_get(f"{centre}/api/nodes/directory"))
        return SignedStatement(
            content=b64decode(found.content, validate=True),
            signature=b64decode(found.signature, validate=True),
            certificate=b64decode(found.certificate, validate=True),
        )
    except (ValidationError, ValueError):
        raise NodeUnreachable(node="centre") from None


def tell_resources(centre: str, content: bytes, signature: bytes) -> None:
    """Tell the centre what this node offers, under its signature."""
    body = {"content": b64encode(content).decode(), "signature": b64encode(signature).decode()}
    try:
        answer = httpx.post(f"{centre}/api/nodes/resources", json=body, timeout=_SECONDS, trust_env=False)
        answer.raise_for_status()
    except httpx.HTTPError:
        raise NodeUnreachable(node="centre", retryable=True) from None


def time_stamp(address: str, digest: bytes, root_certificate: x509.Certificate) -> bytes:
    """A token for a digest, verified."""
    question = trust.make_time_question(digest, nonce=secrets.randbits(63))
    answer = _post(address, question, "application/timestamp-query")
    try:
        token = trust.token_of(answer)
        trust.stamped_at(token, digest, root_certificate)
    except ValueError:
        raise NodeUnreachable(node="centre") from None
    return token


def status(address: str, certificate: x509.Certificate, root_certificate: x509.Certificate) -> bytes:
    """What the responder says of a certificate, verified."""
    question = trust.question_about(certificate, root_certificate)
    answer = _post(address, question, "application/ocsp-request")
    try:
        trust.status_of(answer, certificate.serial_number, root_certificate)
    except ValueError:
        raise NodeUnreachable(node="centre") from None
    return answer


def _get(address: str) -> bytes:
    try:
        answer = httpx.get(address, timeout=_SECONDS, trust_env=False)
        answer.raise_for_status()
    except httpx.HTTPError:
        raise NodeUnreachable(node="centre", retryable=True) from None
    return answer.content[:_MOST]


def _post(address: str, content: bytes, media: str) -> bytes:
    try:
        answer = httpx.post(
            address, content=content, headers={"content-type": media}, timeout=_SECONDS, trust_env=False
        )
        answer.raise_for_status()
    except httpx.HTTPError:
        raise NodeUnreachable(node="centre", retryable=True) from None
    return answer.content[:_MOST]
