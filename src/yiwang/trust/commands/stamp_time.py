"""Say that something existed at an instant (RFC 3161)."""

from __future__ import annotations

from datetime import datetime

from yiwang.trust import keystore
from yiwang.trust.commands.ensure_service import ensure_service
from yiwang.trust.models import TimeStamp
from yiwang.trust.rules import time_stamping
from yiwang.trust.rules.issuing import Usage


def stamp_time(question: bytes, *, at: datetime) -> bytes:
    """Answer a ``TimeStampReq`` in DER; the serial number is stored before the token exists."""
    try:
        asked = time_stamping.read_question(question)
    except time_stamping.Unstampable as refused:
        return time_stamping.refusal(refused.failure)
    key = ensure_service(Usage.TIME, at=at)
    given = TimeStamp.objects.create(algorithm=asked.algorithm, digest=asked.digest, stamped_at=at)
    authority = time_stamping.Authority(
        certificate=bytes(key.certificate or b""), key=keystore.signing_key(key.fingerprint)
    )
    return time_stamping.stamp(asked, serial=given.pk, authority=authority, at=at)
