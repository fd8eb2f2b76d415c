"""What the city's certificates say. Keys are ECDSA on P-256, which every PDF reader and NSS verify.

Government seals proper use SM2 (GM/T 0031); no PDF reader outside the country's own verifies it yet, so the
algorithm stands in one place, here, to be changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

ROOT_LASTS = timedelta(days=20 * 365)
SEAL_LASTS = timedelta(days=5 * 365)
#: A city moves in with a stretch of its past (imported or simulated cases), whose letters are sealed too.
REACHES_BACK = timedelta(days=90)
CRL_LASTS = timedelta(days=7)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336

PrivateKey = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a certificate names: the Chinese name is the legal one, the code ties it to the organisation."""

    name: str
    organisation: str
    code: str


def new_key() -> PrivateKey:
    """Make a private key."""
    return ec.generate_private_key(ec.SECP256R1())


def _subject(holder: Holder) -> x509.Name:
    # X.520 allows 64 characters in these; longer legal names keep their beginning.
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder.organisation[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, holder.code[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, holder.name[:64]),
        ]
    )


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def root_certificate(key: PrivateKey, holder: Holder, *, at: datetime) -> x509.Certificate:
    """Sign the city's own root; it issues seals only, no further authority."""
    name = _subject(holder)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - REACHES_BACK - timedelta(days=1))
        .not_valid_after(at + ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def seal_certificate(
    key: PrivateKey,
    holder: Holder,
    *,
    root: x509.Certificate,
    root_key: PrivateKey,
    crl_url: str,
    at: datetime,
) -> x509.Certificate:
    """Issue an organisation's seal: it signs documents and commits the organisation."""
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    point = x509.DistributionPoint(
        full_name=[x509.UniformResourceIdentifier(crl_url)], relative_name=None, reasons=None, crl_issuer=None
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_subject(holder))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - REACHES_BACK)
        .not_valid_after(min(at + SEAL_LASTS, root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(authority=False), critical=True)
        # NSS, which poppler asks, knows document signing only as the signing of mail.
        .add_extension(
            x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .sign(root_key, hashes.SHA256())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A seal that no longer counts from an instant on."""

    serial: int
    at: datetime
    reason: x509.ReasonFlags


def revocation_list(
    revoked: Iterable[Revocation], *, root: x509.Certificate, root_key: PrivateKey, number: int, at: datetime
) -> x509.CertificateRevocationList:
    """Sign the list of revoked seals."""
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(at)
        .next_update(at + CRL_LASTS)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(entry.serial)
            .revocation_date(entry.at)
            .add_extension(x509.CRLReason(entry.reason), critical=False)
            .build()
        )
    return builder.sign(root_key, hashes.SHA256())
