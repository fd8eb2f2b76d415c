"""What changed on the map, as who keeps drawings asks for it, and for how long that is kept."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import LiteralString

from yiwang.platform import sql
from yiwang.registers.models import DrawnChange

#: Position before which all is told, then of each note position, number, register, field and box in EPSG:3857
#: (NULLs: all of it). Parameters: ``since`` (NULL: no notes), ``known`` (numbers that are not told).
#: One statement is one snapshot: whatever it does not see has a position that is not below the one it gives.
DRAWN_CHANGES: LiteralString = """
SELECT seen.position, c.position, c.id, c.register, c.field,
  ST_XMin(c.shape), ST_YMin(c.shape), ST_XMax(c.shape), ST_YMax(c.shape)
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS position) seen
LEFT JOIN registers_drawnchange c ON c.position >= %(since)s::bigint AND c.id <> ALL(%(known)s::bigint[])
"""
_OLDEST: LiteralString = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
#: Longer than anybody who looks may go without a look and still trust what he knows.
_KEPT_FOR = timedelta(minutes=15)


class NotePruner:
    """Deletes notes of transactions that were all over so long ago; it must have seen them over itself."""

    def __init__(self) -> None:
        self._seen: deque[tuple[datetime, int]] = deque()

    def prune(self, at: datetime) -> int:
        """Delete what is old by now; gives how many."""
        self._seen.append((at, sql.fetch_number(_OLDEST)))
        over = None
        while self._seen and self._seen[0][0] <= at - _KEPT_FOR:
            over = self._seen.popleft()[1]
        if over is None:
            return 0
        done, _ = DrawnChange.objects.filter(position__lt=over).delete()
        return done
