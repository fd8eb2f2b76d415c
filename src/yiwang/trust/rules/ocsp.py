"""The answer to "does this certificate still count?" (RFC 6960), as bytes in and bytes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

#: How long an answer may be believed; a revocation is known everywhere after this.
ANSWER_LASTS = timedelta(minutes=10)
_HASHES: dict[type[hashes.HashAlgorithm], Callable[[], hashes.HashAlgorithm]] = {
    hashes.SHA1: hashes.SHA1,  # names an authority in the question and protects nothing; OpenSSL asks so
    hashes.SHA256: hashes.SHA256,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the authority knows of a serial number it issued; ``revoked_at`` None means in force."""

    revoked_at: datetime | None = None
    reason: x509.ReasonFlags | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """The delegated key that answers for the root."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate


def answer(
    question: bytes, *, responder: Responder, standing: Callable[[int], Standing | None], at: datetime
) -> bytes:
    """Answer in DER. A question that is none, asks for several at once or of another authority is refused.

    ``standing`` gives None for a serial number that was never issued: the answer is then ``unknown``.
    """
    try:
        asked = ocsp.load_der_ocsp_request(question)
        algorithm = _HASHES.get(type(asked.hash_algorithm))
        names = (asked.issuer_name_hash, asked.issuer_key_hash)
        nonce = _nonce(asked)
    except (ValueError, NotImplementedError):
        return _refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
    if algorithm is None or names != issuer_hashes(responder.root, algorithm()):
        return _refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    known = standing(asked.serial_number)
    status = ocsp.OCSPCertStatus.GOOD
    if known is None:
        status = ocsp.OCSPCertStatus.UNKNOWN
    elif known.revoked_at is not None:
        status = ocsp.OCSPCertStatus.REVOKED
    revoked = known is not None and known.revoked_at is not None
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            issuer_name_hash=names[0],
            issuer_key_hash=names[1],
            serial_number=asked.serial_number,
            algorithm=algorithm(),
            cert_status=status,
            this_update=at,
            next_update=at + ANSWER_LASTS,
            revocation_time=known.revoked_at if known and revoked else None,
            revocation_reason=known.reason if known and revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
        .certificates([responder.certificate])
    )
    if nonce is not None:
        builder = builder.add_extension(nonce, critical=False)
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(Encoding.DER)


def issuer_hashes(root: x509.Certificate, algorithm: hashes.HashAlgorithm) -> tuple[bytes, bytes]:
    """Hash the issuer's name and key as RFC 6960 section 4.1.1 names an authority."""
    point = root.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _hash(root.subject.public_bytes(), algorithm), _hash(point, algorithm)


def _hash(content: bytes, algorithm: hashes.HashAlgorithm) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(content)
    return digest.finalize()


def _nonce(asked: ocsp.OCSPRequest) -> x509.OCSPNonce | None:
    try:
        return asked.extensions.get_extension_for_class(x509.OCSPNonce).value
    except x509.ExtensionNotFound:
        return None


def _refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)
