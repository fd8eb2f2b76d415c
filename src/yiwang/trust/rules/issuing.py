"""What the certificates of nodes and of the authority's own services say (RFC 5280).

A node has two: one signs messages (Ed25519, RFC 8410), one opens connections (P-256, which every TLS library
takes). The responder and the time-stamping authority hold delegated ones, so that the root signs neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

#: Short lives keep a stolen key's harm small; the node renews by itself a month before.
NODE_LASTS = timedelta(days=365)
SERVICE_LASTS = timedelta(days=2 * 365)
#: Clocks of two machines are never the same.
SKEW = timedelta(minutes=5)

#: Under the example arc of this project: only a certificate that bears it signs the directory of nodes.
DIRECTORY_SIGNING = ObjectIdentifier("1.3.6.1.4.1.32473.2.1")

PublicKey = ec.EllipticCurvePublicKey | Ed25519PublicKey


class Usage(StrEnum):
    """What a certificate is for."""

    SIGN = "sign"
    TLS = "tls"
    OCSP = "ocsp"
    TIME = "tsa"
    DIRECTORY = "config"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues, and where the world asks whether a certificate still counts."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    crl_url: str
    ocsp_url: str


def checked_request(der: bytes, usage: Usage) -> PublicKey:
    """Give the key that asks for a certificate; its own signature proves that the asker holds it.

    Raises:
        ValueError: no request, not signed by its own key, or a key of the wrong kind.
    """
    try:
        request = x509.load_der_x509_csr(der)
        proven = request.is_signature_valid
        key = request.public_key()
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        raise ValueError("no certificate request") from None
    if not proven:
        raise ValueError("the request is not signed by its own key")
    if usage is Usage.SIGN and isinstance(key, Ed25519PublicKey):
        return key
    if usage is Usage.TLS and isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1":
        return key
    raise ValueError("a key of this kind is not certified for this use")


def node_certificate(
    key: PublicKey, *, node: str, organisation: str, host: str, usage: Usage, issuer: Issuer, at: datetime
) -> x509.Certificate:
    """Certify a node's key; name and use come from the approved order, nothing from the request."""
    name = _name(node, organisation)
    builder = _begun(key, name, issuer, at=at, lasts=NODE_LASTS).add_extension(
        _usage(commits=usage is Usage.SIGN), critical=True
    )
    if usage is Usage.TLS:
        both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(both), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName([_host(host)]), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


def service_certificate(
    key: PublicKey, *, title: str, city: str, usage: Usage, issuer: Issuer, at: datetime
) -> x509.Certificate:
    """Certify a key of the authority's own: responder (RFC 6960 4.2.2.2), time (RFC 3161 2.3), directory."""
    builder = _begun(key, _name(title, city), issuer, at=at, lasts=SERVICE_LASTS)
    builder = builder.add_extension(_usage(commits=usage is not Usage.OCSP), critical=True)
    if usage is Usage.OCSP:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False
        ).add_extension(x509.OCSPNoCheck(), critical=False)
    if usage is Usage.TIME:
        # RFC 3161 wants it critical and alone.
        only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(only, critical=True)
    if usage is Usage.DIRECTORY:
        builder = builder.add_extension(x509.ExtendedKeyUsage([DIRECTORY_SIGNING]), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


def _begun(
    key: PublicKey, name: x509.Name, issuer: Issuer, *, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    root = issuer.certificate
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    point = x509.DistributionPoint(
        full_name=[x509.UniformResourceIdentifier(issuer.crl_url)],
        relative_name=None,
        reasons=None,
        crl_issuer=None,
    )
    responder = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(issuer.ocsp_url)
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(root.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SKEW)
        .not_valid_after(min(at + lasts, root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .add_extension(x509.AuthorityInformationAccess([responder]), critical=False)
    )


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _usage(*, commits: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=commits,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
