"""Judging documents with what the city knows."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding

from yiwang.trust.contracts import Verdict
from yiwang.trust.models import SealUse, SigningKey
from yiwang.trust.queries.keys import roots


def judge_document(pdf: bytes, *, at: datetime) -> Verdict:
    """Judge the seals on a PDF of unknown origin."""
    # As where documents are sealed: pyHanko is loaded by those who need it.
    from yiwang.trust.sealing.judging import Knowledge, judge  # noqa: PLC0415

    knowledge = Knowledge(
        roots=[root.public_bytes(Encoding.DER) for root in roots()],
        proven_time=_used_at,
        revoked_at=_revoked_at,
    )
    return judge(pdf, knowledge, at=at)


def _used_at(sealed: bytes) -> datetime | None:
    digest = sha256(sealed).hexdigest()
    use = SealUse.objects.filter(sha256=digest).order_by("used_at").first()
    return use.used_at if use else None


def _revoked_at(serial: str) -> datetime | None:
    key = SigningKey.objects.filter(serial=serial).first()
    return key.revoked_at if key else None
