"""Say that something existed at an instant (RFC 3161)."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

from yiwang.platform import sql
from yiwang.trust import keystore
from yiwang.trust.commands.ensure_service import RENEW_BEFORE, ensure_service
from yiwang.trust.contracts import KeyMissing
from yiwang.trust.rules import time_stamping
from yiwang.trust.rules.issuing import Usage

#: Nothing is stored when no certificate counts.
_STAMP: LiteralString = """
WITH authority AS MATERIALIZED (
  SELECT certificate, fingerprint FROM trust_signingkey
  WHERE role = %(role)s AND organisation = '' AND retired_at IS NULL AND revoked_at IS NULL
    AND certificate IS NOT NULL AND valid_until > %(renew)s),
given AS (
  INSERT INTO trust_timestamp (algorithm, digest, stamped_at)
  SELECT %(algorithm)s::text, %(digest)s::bytea, %(at)s::timestamptz FROM authority RETURNING id)
SELECT given.id, authority.certificate, authority.fingerprint FROM given, authority
"""


def stamp_time(question: bytes, *, at: datetime) -> bytes:
    """Answer a ``TimeStampReq`` in DER; the serial number is stored before the token exists."""
    try:
        asked = time_stamping.read_question(question)
    except time_stamping.Unstampable as refused:
        return time_stamping.refusal(refused.failure)
    serial, certificate, fingerprint = _given(asked, at)
    authority = time_stamping.Authority(certificate=certificate, key=keystore.signing_key(fingerprint))
    return time_stamping.stamp(asked, serial=serial, authority=authority, at=at)


def _given(asked: time_stamping.Question, at: datetime) -> tuple[int, bytes, str]:
    """Store the serial number; gives it with the certificate and key that sign it."""
    params = {
        "algorithm": asked.algorithm,
        "digest": asked.digest,
        "at": at,
        "role": Usage.TIME.value,
        "renew": at + RENEW_BEFORE,
    }
    rows = sql.fetch(_STAMP, params)
    if not rows:  # no certificate yet, or one that ends soon
        ensure_service(Usage.TIME, at=at)
        rows = sql.fetch(_STAMP, params)
    match rows:
        case [(int() as serial, bytes() as certificate, str() as fingerprint)]:
            return serial, certificate, fingerprint
    raise KeyMissing(fingerprint="")
