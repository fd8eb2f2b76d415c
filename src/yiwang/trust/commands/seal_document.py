"""Seal a document and enter the use of the seal (用印登记), with its leaf in the ledger."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from yiwang.kernel.text import Text
from yiwang.trust.commands.ensure_authority import ensure_authority
from yiwang.trust.commands.record_entry import record_entry
from yiwang.trust.contracts import SealedDocument, SealPlace
from yiwang.trust.models import SealUse
from yiwang.trust.queries.keys import get_seal_key


def seal_document(
    pdf: bytes,
    *,
    organisation: str,
    subject: str,
    reason: Text,
    at: datetime,
    place: SealPlace | None = None,
) -> SealedDocument:
    """Seal the PDF for an organisation; ``subject`` is what it belongs to (``case:12``).

    Whoever calls has decided under a command of their own that this organisation seals. The sealing itself
    (20 ms) happens before the transaction's first write, so no row is locked meanwhile.
    """
    # pyHanko costs every process 14 MB and a tenth of its start, and most never seal.
    from yiwang.trust.sealing.signing import SealWish, sealed  # noqa: PLC0415
    from yiwang.trust.sealing.time_stamps import timestamper  # noqa: PLC0415

    key = get_seal_key(organisation, at=at)
    root = ensure_authority(at=at)
    content = sealed(pdf, key, root, SealWish(reason=reason, at=at, place=place, timestamper=timestamper()))
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        leaf_id = record_entry(
            "trust.document_sealed",
            subject,
            {"sha256": digest, "organisation": organisation, "serial": key.serial},
            at=at,
        )
        SealUse.objects.create(
            key=key,
            sha256=digest,
            subject=subject,
            reason_zh=reason.zh,
            reason_en=reason.en,
            used_at=at,
            leaf_id=leaf_id,
        )
    return SealedDocument(content=content, sha256=digest, serial=key.serial, leaf_id=leaf_id)
