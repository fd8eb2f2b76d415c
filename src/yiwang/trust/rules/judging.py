"""What others of the authority sign, judged with nothing but its root: time stamps, status, directory."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from yiwang.trust.rules.issuing import DIRECTORY_SIGNING


def issued_by(certificate: x509.Certificate, root: x509.Certificate, *, at: datetime) -> bool:
    """Tell whether the root issued the certificate and it is valid at the instant (revocation apart)."""
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def stamped_at(token: bytes, digest: bytes, root: x509.Certificate) -> datetime:
    """Give the instant that a time stamp token states for a SHA-256 digest.

    Raises:
        ValueError: another digest, a false signature, or no time-stamping certificate of this root.
    """
    try:
        data = cms.ContentInfo.load(token, strict=True)["content"]
        content = data["encap_content_info"]["content"]
        info, signer = content.parsed, data["signer_infos"][0]
        imprint = info["message_imprint"]
        said = (imprint["hash_algorithm"]["algorithm"].native, bytes(imprint["hashed_message"].native))
        at: datetime = info["gen_time"].native
        certificate = x509.load_der_x509_certificate(data["certificates"][0].chosen.dump())
        attributes = signer["signed_attrs"]
        digests = [each["values"][0].native for each in attributes if each["type"].native == "message_digest"]
        signature, signed = bytes(signer["signature"].native), attributes.untag().dump()
        hashed = sha256(bytes(content)).digest()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise ValueError("no time stamp token") from None
    if said != ("sha256", digest) or digests != [hashed]:
        raise ValueError("the token stamps something else")
    _require(certificate, root, ExtendedKeyUsageOID.TIME_STAMPING, at=at)
    _check(certificate, signature, signed)
    return at


def status_of(answer: bytes, serial: int, root: x509.Certificate) -> tuple[str, datetime]:
    """Give what a responder said of a serial number (``good``, ``revoked``, ``unknown``) and when.

    Raises:
        ValueError: another serial, a false signature, or no responder of this root.
    """
    said = ocsp.load_der_ocsp_response(answer)
    if said.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL or said.serial_number != serial:
        raise ValueError("the answer is about something else")
    [responder] = said.certificates
    _require(responder, root, ExtendedKeyUsageOID.OCSP_SIGNING, at=said.this_update_utc)
    _check(responder, said.signature, said.tbs_response_bytes)
    return said.certificate_status.name.lower(), said.this_update_utc


def statement_holds(
    content: bytes, signature: bytes, certificate: bytes, root: x509.Certificate, *, at: datetime
) -> bool:
    """Tell whether a directory certificate of this root signed the content."""
    try:
        signer = x509.load_der_x509_certificate(certificate)
        _require(signer, root, DIRECTORY_SIGNING, at=at)
        key = signer.public_key()
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, content)
    except (ValueError, InvalidSignature):
        return False
    return True


def question_about(certificate: x509.Certificate, root: x509.Certificate) -> bytes:
    """Ask a responder about a certificate, in DER."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, root, hashes.SHA256())
    return builder.build().public_bytes(Encoding.DER)


def _require(
    certificate: x509.Certificate, root: x509.Certificate, use: ObjectIdentifier, *, at: datetime
) -> None:
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        raise ValueError("the certificate is for something else") from None
    if use not in uses or not issued_by(certificate, root, at=at):
        raise ValueError("the certificate is not the authority's for this use")


def _check(certificate: x509.Certificate, signature: bytes, content: bytes) -> None:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("a key of another kind")  # noqa: TRY004 - of the content, not of the argument
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise ValueError("the signature is false") from None
