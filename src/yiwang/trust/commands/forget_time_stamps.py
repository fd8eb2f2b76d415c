"""Delete what the authority noted of time stamps whose certificate ended five years ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import LiteralString

from django.db import connection

from yiwang.trust.rules.issuing import SERVICE_LASTS

#: Electronic Signature Law of 2004, article 24: five years beyond the certificate's end, whatever its start.
KEPT = SERVICE_LASTS + timedelta(days=5 * 366)
MOST = 10_000
#: Numbers grow with time, so the oldest are found without an index of their own. A number never comes again.
_FORGET: LiteralString = """
DELETE FROM trust_timestamp WHERE id IN (
  SELECT id FROM (SELECT id, stamped_at FROM trust_timestamp ORDER BY id LIMIT %s) oldest
  WHERE stamped_at < %s)
"""


def forget_time_stamps(*, at: datetime) -> int:
    """Delete up to 10,000; gives how many. The tokens lie with whoever asked, and hold for ever."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [MOST, at - KEPT])
        return int(cursor.rowcount)
