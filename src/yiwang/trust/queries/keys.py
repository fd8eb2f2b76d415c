"""Keys and certificates in force."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.kernel.text import Text
from yiwang.trust.contracts import NoSuchSeal, Seal
from yiwang.trust.models import SigningKey


def find_key(role: str, organisation: str = "") -> SigningKey | None:
    """Give the key in force for a role, if there is one."""
    return SigningKey.objects.filter(
        role=role, organisation=organisation, retired_at=None, revoked_at=None
    ).first()


def get_seal_key(organisation: str, *, at: datetime) -> SigningKey:
    """Give the seal key that an organisation may use at an instant."""
    key = find_key(SigningKey.SEAL, organisation)
    if key is None or not key.valid_from <= at <= key.valid_until:
        raise NoSuchSeal(organisation=organisation)
    return key


def certificate_of(key: SigningKey) -> x509.Certificate:
    """Give the certificate of a root or seal key."""
    if key.certificate is None:
        raise NoSuchSeal(organisation=key.organisation)
    return x509.load_der_x509_certificate(bytes(key.certificate))


def roots() -> list[x509.Certificate]:
    """Give every root this city ever had: what an earlier one issued stays checkable."""
    return [certificate_of(key) for key in SigningKey.objects.filter(role=SigningKey.ROOT).order_by("id")]


def seal_of(key: SigningKey) -> Seal:
    """Give a seal as others see it."""
    return Seal(
        organisation=key.organisation,
        name=Text(key.name_zh, key.name_en),
        serial=key.serial,
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        certificate_pem=certificate_of(key).public_bytes(Encoding.PEM).decode(),
    )


def roots_pem() -> tuple[str, ...]:
    """Give the roots in PEM."""
    return tuple(root.public_bytes(Encoding.PEM).decode() for root in roots())


def find_ledger_public_key() -> bytes | None:
    """Give the key that signs tree heads, as its 32 raw bytes."""
    key = find_key(SigningKey.LEDGER)
    return None if key is None else bytes(key.public_key)
