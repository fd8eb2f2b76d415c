"""Signed answers of the authority: whether a certificate counts, and statements of the directory."""

from __future__ import annotations

from datetime import datetime

from yiwang.trust import keystore
from yiwang.trust.commands.ensure_authority import ensure_authority
from yiwang.trust.commands.ensure_service import ensure_service
from yiwang.trust.contracts import SignedStatement
from yiwang.trust.queries.certified import standing_of
from yiwang.trust.queries.keys import certificate_of
from yiwang.trust.rules import ocsp
from yiwang.trust.rules.issuing import Usage


def certificate_status(question: bytes, *, at: datetime) -> bytes:
    """Answer an OCSP question in DER."""
    key = ensure_service(Usage.OCSP, at=at)
    responder = ocsp.Responder(
        certificate=certificate_of(key),
        key=keystore.signing_key(key.fingerprint),
        root=certificate_of(ensure_authority(at=at)),
    )
    return ocsp.answer(question, responder=responder, standing=standing_of, at=at)


def signed_statement(content: bytes, *, at: datetime) -> SignedStatement:
    """Sign with the directory's key (Ed25519)."""
    key = ensure_service(Usage.DIRECTORY, at=at)
    return SignedStatement(
        content=content,
        signature=keystore.ed25519_key(key.fingerprint).sign(content),
        certificate=bytes(key.certificate or b""),
    )
