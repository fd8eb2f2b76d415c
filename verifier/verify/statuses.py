"""What the responder said of the certificates (OCSP, RFC 6960)."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from .certificates import read_certificate, require_service, require_signed
from .container import SKEW, Container
from .der import BASIC_STATUS, ECDSA_ALGORITHM, Der
from .findings import Broken


def both_count(held: Container, root: x509.Certificate, answered: datetime | None) -> None:
    """Refuse unless the responder said, once and after the message, that each side's certificate counts."""
    answers = [read_status(each) for each in held.statuses]
    for side in ("asker", "provider"):
        serial = held.certificates[side].serial_number
        said = next((each for each in answers if each.serial_number == serial), None)
        if said is None:
            raise Broken("缺少证书状态", "the responder's word on a certificate is missing")
        require_status(said, root, answered)
    if len(answers) != len({each.serial_number for each in answers}):
        raise Broken("证书状态重复", "the responder's word is there twice")


def read_status(content: bytes) -> ocsp.OCSPResponse:
    """An answer of a responder that is one (RFC 6960, section 4.2.1), with no room for anything beside it."""
    [outer] = Der(0, content, content).parts(0x30)
    status, wrapped = outer.parts(0x0A, 0xA0)
    [response] = wrapped.parts(0x30)
    kind, inner = response.parts(0x06, 0x04)
    [basic] = Der(0, inner.content, inner.content).parts(0x30)
    told, suite, signature, responders = basic.parts(0x30, 0x30, 0x03, 0xA0)
    said = ocsp.load_der_ocsp_response(content)
    fixed = (
        (status.content, kind.whole, suite.whole) == (b"\x00", BASIC_STATUS, ECDSA_ALGORITHM),
        told.whole == said.tbs_response_bytes,
        signature.content == b"\x00" + said.signature,
        [read_certificate(each.whole) for each in responders.parts(0x30)[0].parts(0x30)] == said.certificates,
    )
    if not all(fixed):
        raise Broken("证书状态结构有误", "the status is not of the shape of RFC 6960")
    return said


def require_status(said: ocsp.OCSPResponse, root: x509.Certificate, answered: datetime | None) -> None:
    """Refuse a status (RFC 6960) that is false, of before the message, or not good."""
    [responder] = said.certificates
    require_service(responder, root, ExtendedKeyUsageOID.OCSP_SIGNING, at=said.this_update_utc)
    require_signed(responder, said.signature, said.tbs_response_bytes)
    if answered is None or said.this_update_utc + SKEW < answered:
        raise Broken("证书状态早于报文", "the status is older than the message")
    revoked_later = said.revocation_time_utc is not None and said.revocation_time_utc > answered
    if said.certificate_status is not ocsp.OCSPCertStatus.GOOD and not revoked_later:
        raise Broken("证书已被吊销或不明", "a certificate was revoked or is not known")
