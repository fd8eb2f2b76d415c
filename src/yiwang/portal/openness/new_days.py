"""A day begins: policy files come into force or expire without anybody's act, and their pages say so."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import LiteralString

from django.utils.timezone import localdate

from yiwang.platform import sql

#: Days that a worker looks back at its start: it may have been down over some.
_BACK = timedelta(days=31)
_NOTE: LiteralString = """
SELECT openness_note_pages(ARRAY(
  SELECT i.id FROM openness_item i WHERE i.kind = 'policy' AND i.published_at IS NOT NULL
    AND ((i.from_day > %(since)s AND i.from_day <= %(today)s)
      OR (i.until >= %(since)s AND i.until < %(today)s))
  UNION SELECT a.target_id FROM openness_fileact a WHERE a.confirmed_at IS NOT NULL
    AND ((a."on" > %(since)s AND a."on" <= %(today)s) OR (a.until >= %(since)s AND a.until < %(today)s))))
"""


class NewDays:
    """Remembers the day for which pages were noted; lives as long as the worker."""

    def __init__(self) -> None:
        self._day: date | None = None

    def note_pages(self, at: datetime) -> int:
        """Note, once a day, the pages of files whose state changes with the day."""
        today = localdate(at)
        if self._day == today:
            return 0
        since = self._day or today - _BACK
        noted = sql.fetch_number(_NOTE, {"since": since, "today": today})
        self._day = today
        return noted
