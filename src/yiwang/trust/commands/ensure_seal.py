"""Give an organisation its electronic seal, or renew one that runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction

from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.trust import keystore
from yiwang.trust.commands.ensure_authority import ensure_authority, lock_key_making
from yiwang.trust.contracts import Seal
from yiwang.trust.models import SigningKey
from yiwang.trust.queries.keys import certificate_of, find_key, seal_of
from yiwang.trust.rules import certificates

RENEW_BEFORE = timedelta(days=30)
CRL_PATH = "/trust/seals.crl"


def ensure_seal(organisation: str, name: Text, *, at: datetime, inscription: str | None = None) -> Seal:
    """Give the seal in force; idempotent by organisation, name and inscription.

    A new legal name or a seal within 30 days of its end gives a new seal; the old one is retired: it seals
    nothing more, what it sealed stays valid. ``inscription`` is the line under the star; who does not say
    one takes the seal as it is.
    """
    root = ensure_authority(at=at)
    found = find_key(SigningKey.SEAL, organisation)
    if found is not None and _serves(found, name, inscription, at):
        return seal_of(found)
    with transaction.atomic():
        lock_key_making()
        found = find_key(SigningKey.SEAL, organisation)
        if found is not None:
            if _serves(found, name, inscription, at):
                return seal_of(found)
            SigningKey.objects.filter(pk=found.pk).update(retired_at=at)
        line = inscription if inscription is not None else found.inscription if found is not None else ""
        return seal_of(_make(organisation, name, line, root, at))


def _serves(key: SigningKey, name: Text, inscription: str | None, at: datetime) -> bool:
    wanted = key.inscription if inscription is None else inscription
    same = (key.name_zh, key.name_en, key.inscription) == (name.zh, name.en, wanted)
    return same and at + RENEW_BEFORE < key.valid_until


def _make(organisation: str, name: Text, inscription: str, root: SigningKey, at: datetime) -> SigningKey:
    key = certificates.new_key()
    certificate = certificates.seal_certificate(
        key,
        certificates.Holder(name=name.zh, organisation=name.zh, code=organisation),
        root=certificate_of(root),
        root_key=keystore.signing_key(root.fingerprint),
        crl_url=environment().address() + CRL_PATH,
        at=at,
    )
    return SigningKey.objects.create(
        role=SigningKey.SEAL,
        organisation=organisation,
        name_zh=name.zh,
        name_en=name.en,
        inscription=inscription,
        fingerprint=keystore.keep(key),
        public_key=keystore.public_bytes(key),
        certificate=certificate.public_bytes(Encoding.DER),
        serial=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )
