"""Give the city its root and its ledger key, once."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from django.db import connection, transaction

from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.trust import keystore
from yiwang.trust.keystore import AnyPrivateKey
from yiwang.trust.models import SigningKey
from yiwang.trust.queries.keys import find_key
from yiwang.trust.rules import certificates

_ROOT_NAME = Text("城市电子印章根证书", "City seal authority")
_LOCK = 0x7977_0001  # advisory lock: one maker of keys at a time


def lock_key_making() -> None:
    """Let one process make keys at a time; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def ensure_authority(*, at: datetime) -> SigningKey:
    """Give the root key in force; makes root and ledger key at the first call. Safe to call at any time."""
    found = find_key(SigningKey.ROOT)
    if found is not None:
        return found
    with transaction.atomic():
        lock_key_making()
        return find_key(SigningKey.ROOT) or _make_root(at)


def _make_root(at: datetime) -> SigningKey:
    key = certificates.new_key()
    city = environment().city
    holder = certificates.Holder(name=f"{_ROOT_NAME.zh} {city}", organisation=city, code="root")
    certificate = certificates.root_certificate(key, holder, at=at)
    return keep_certified(SigningKey.ROOT, _ROOT_NAME, key, certificate)


def keep_certified(role: str, title: Text, key: AnyPrivateKey, certificate: Certificate) -> SigningKey:
    """Keep a key whose certificate says for how long it is good."""
    return SigningKey.objects.create(
        role=role,
        name_zh=title.zh,
        name_en=title.en,
        fingerprint=keystore.keep(key),
        public_key=keystore.public_bytes(key),
        certificate=certificate.public_bytes(Encoding.DER),
        serial=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )


def ensure_ledger_key(*, at: datetime) -> SigningKey:
    """Give the key that signs tree heads; its name is the ledger's origin and never changes."""
    found = find_key(SigningKey.LEDGER)
    if found is not None:
        return found
    with transaction.atomic():
        lock_key_making()
        found = find_key(SigningKey.LEDGER)
        if found is not None:
            return found
        key = Ed25519PrivateKey.generate()
        origin = f"yiwang.{environment().city}/ledger"
        return SigningKey.objects.create(
            role=SigningKey.LEDGER,
            name_zh=origin,
            name_en=origin,
            fingerprint=keystore.keep(key),
            public_key=key.public_key().public_bytes_raw(),
            valid_from=at,
            valid_until=at + certificates.ROOT_LASTS,
        )
