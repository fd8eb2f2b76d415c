"""Certificates (X.509, ECDSA P-256 with SHA-256) under the city's root."""

from __future__ import annotations

import re
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from .container import Container
from .der import ECDSA_ALGORITHM, Der
from .findings import Broken

_ADDRESS = re.compile(r"([a-z][a-z0-9-]{1,39}):([a-z][a-z0-9_]{0,59})")


def read_certificate(content: bytes) -> x509.Certificate:
    """A certificate that the city's authority could have signed, in the one spelling of its bytes."""
    [outer] = Der(0, content, content).parts(0x30)
    _, suite, signature = outer.parts(0x30, 0x30, 0x03)
    if suite.whole != ECDSA_ALGORITHM or signature.content[:1] != b"\x00":
        raise Broken("证书签名算法不符", "a certificate is signed by another suite")
    return x509.load_der_x509_certificate(content)


def both_certified(
    held: Container, root: x509.Certificate, asked: datetime | None, answered: datetime | None
) -> None:
    """Refuse a side that the city had not certified under its name when it signed."""
    sides = (("asker", "yiwang-client", asked), ("provider", "yiwang-service", answered))
    for side, header, at in sides:
        if at is None:
            raise Broken("签名不成立，时间不明", "its signature does not hold, so its time is not known")
        address = _ADDRESS.fullmatch(held.request.headers[header])
        if address is None:
            raise Broken("节点名称有误", "a node's name is malformed")
        require_node(held.certificates[side], root, address[1])
        require_time(held.certificates[side], at)


def require_node(certificate: x509.Certificate, root: x509.Certificate, node: str) -> None:
    """Refuse a certificate that this root did not issue to the node for signing messages."""
    require_issued(certificate, root)
    names = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if names != [node]:
        raise Broken(f"证书属于 {names}，不是 {node}", f"the certificate is of {names}, not of {node}")
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    if not (usage.digital_signature and usage.content_commitment) or usage.key_cert_sign:
        raise Broken("证书不用于签名", "the certificate is not for signing messages")


def require_issued(certificate: x509.Certificate, root: x509.Certificate) -> None:
    """Refuse a certificate of somebody else's; this city's authority is one root and no more."""
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    try:
        root.verify_directly_issued_by(root)
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        raise Broken("证书不是该城市签发的", "the city's authority did not issue the certificate") from None
    if not constraints.ca:
        raise Broken("根证书不是签发机构的", "the root certificate is no authority's")


def require_time(certificate: x509.Certificate, at: datetime) -> None:
    """Refuse a certificate that was not valid at the instant."""
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise Broken("证书当时不在有效期内", "the certificate was not valid at that time")


def require_service(
    certificate: x509.Certificate, root: x509.Certificate, use: ObjectIdentifier, *, at: datetime
) -> None:
    """Refuse a certificate that the city did not issue for this service of its own."""
    require_issued(certificate, root)
    require_time(certificate, at)
    if use not in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value:
        raise Broken("证书不用于该服务", "the certificate is for something else")


def require_signed(certificate: x509.Certificate, signature: bytes, content: bytes) -> None:
    """Refuse content that the certificate's key did not sign (ECDSA with SHA-256)."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Broken("密钥种类不符", "the key is of another kind")
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Broken("签名验证不通过", "the signature does not verify") from None
