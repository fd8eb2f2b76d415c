"""The list of revoked seals and node certificates, signed when asked for."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.trust import keystore
from yiwang.trust.contracts import NoSuchSeal
from yiwang.trust.models import IssuedCertificate, SigningKey
from yiwang.trust.queries.keys import certificate_of, find_key
from yiwang.trust.rules import certificates
from yiwang.trust.rules.revocation import FLAGS, RevocationReason


def revocation_list(*, at: datetime) -> bytes:
    """Give the CRL in DER as of an instant."""
    root = find_key(SigningKey.ROOT)
    if root is None:
        raise NoSuchSeal(organisation="root")
    withdrawn: list[SigningKey | IssuedCertificate] = [
        *SigningKey.objects.filter(role=SigningKey.SEAL, revoked_at__lte=at).order_by("id"),
        *IssuedCertificate.objects.filter(revoked_at__lte=at).order_by("id"),
    ]
    revoked = [
        certificates.Revocation(
            serial=int(key.serial, 16),
            at=key.revoked_at,
            reason=FLAGS[RevocationReason(key.revocation_reason)],
        )
        for key in withdrawn
        if key.revoked_at is not None
    ]
    return certificates.revocation_list(
        revoked,
        root=certificate_of(root),
        root_key=keystore.signing_key(root.fingerprint),
        number=int(at.timestamp()),  # CRL numbers only need to grow
        at=at,
    ).public_bytes(Encoding.DER)
