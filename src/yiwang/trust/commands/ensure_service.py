"""Give the authority the delegated keys that answer, stamp and sign the directory."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.trust import keystore
from yiwang.trust.commands.ensure_authority import ensure_authority, keep_certified, lock_key_making
from yiwang.trust.models import SigningKey
from yiwang.trust.queries.keys import certificate_of, find_key
from yiwang.trust.rules import certificates
from yiwang.trust.rules.issuing import Issuer, Usage, service_certificate

RENEW_BEFORE = timedelta(days=60)
_TITLES = {
    Usage.OCSP: Text("城市证书状态服务", "City certificate status responder"),
    Usage.TIME: Text("城市时间戳服务", "City time-stamping authority"),
    Usage.DIRECTORY: Text("城市交换目录", "City exchange directory"),
}


def issuer(*, at: datetime) -> Issuer:
    """Give the root as the one who issues."""
    root = ensure_authority(at=at)
    address = environment().address()
    return Issuer(
        certificate=certificate_of(root),
        key=keystore.signing_key(root.fingerprint),
        crl_url=f"{address}/trust/seals.crl",
        ocsp_url=f"{address}/trust/ocsp",
    )


def ensure_service(usage: Usage, *, at: datetime) -> SigningKey:
    """Give the key in force for a service; a new one two months before the old one ends."""
    found = find_key(usage.value)
    if found is not None and at + RENEW_BEFORE < found.valid_until:
        return found
    authority = issuer(at=at)
    with transaction.atomic():
        lock_key_making()
        found = find_key(usage.value)
        if found is not None:
            if at + RENEW_BEFORE < found.valid_until:
                return found
            SigningKey.objects.filter(pk=found.pk).update(retired_at=at)
        return _make(usage, authority, at)


def _make(usage: Usage, authority: Issuer, at: datetime) -> SigningKey:
    key = Ed25519PrivateKey.generate() if usage is Usage.DIRECTORY else certificates.new_key()
    title = _TITLES[usage]
    certificate = service_certificate(
        key.public_key(), title=title.zh, city=environment().city, usage=usage, issuer=authority, at=at
    )
    return keep_certified(usage.value, title, key, certificate)
