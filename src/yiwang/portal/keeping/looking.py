"""A look at what has changed, and the thread that looks all the time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence

import psycopg
import structlog
from django.db import connection

from yiwang.portal.keeping.contracts import Look, PageChange
from yiwang.portal.keeping.rules.parts import above_of, is_current, touched

log = structlog.get_logger()
#: Seconds between looks; and for how long what a look found is taken for true.
EVERY, TRUSTED = 0.4, 1.4
#: A database that is too slow for so many seconds of looks is one that does not answer.
_PATIENCE = 5.0
#: One statement is one snapshot: whatever it does not see has a number that is not below the one it gives.
_LOOK = """
SELECT seen.position, c.position, COALESCE(p.address, NULLIF(c.address, '')), c.is_leaf
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS position) seen
LEFT JOIN keeping_change c ON c.position >= %(since)s
LEFT JOIN sites_sitepage p ON p.page_ptr_id = c.page
"""
_FLOWING = """
SELECT p.address, c.flow FROM sites_columnpage c JOIN sites_sitepage p ON p.page_ptr_id = c.sitepage_ptr_id
WHERE c.flow <> ''
"""
Rows = Callable[[str, dict[str, int]], Sequence[Sequence[object]]]


def look(rows: Rows, since: int) -> Look:
    """What changed from a position on, by a function that runs a statement."""
    found = rows(_LOOK, {"since": since})
    changed = [row for row in found if row[1] is not None]
    flowing = {str(address): str(flow) for address, flow in rows(_FLOWING, {})} if changed else {}
    return Look(position=int(str(found[0][0])), changes=tuple(_change(row, flowing) for row in changed))


def _change(row: Sequence[object], flowing: Mapping[str, str]) -> PageChange:
    _, position, address, is_leaf = row
    place = str(address or "")
    return PageChange(
        position=int(str(position)),
        address=place,
        is_leaf=bool(is_leaf),
        flows=tuple(sorted({flowing[above] for above in above_of(place) if above in flowing})),
    )


class Watch:
    """What this process knows of changes; one thread writes, all others read."""

    def __init__(self) -> None:
        #: The number of the last look.
        self.number = 0
        self.is_down = False
        self._position = 0
        self._taken_up: frozenset[PageChange] = frozenset()
        #: The look that first saw each part touched, and the position of that change.
        self._seen_in: dict[str, int] = {}
        self._touched: dict[str, int] = {}
        self._looked = float("-inf")
        self._begun = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._connection: psycopg.Connection | None = None

    def begin(self) -> None:
        """Look from now on; a second call does nothing."""
        if self._begun.acquire(blocking=False):
            self.try_look()
            threading.Thread(target=self._run, name="kept-pages", daemon=True).start()

    def is_trusted(self) -> bool:
        """Whether the last look is young enough."""
        return time.monotonic() - self._looked < TRUSTED

    def holds(self, parts: Sequence[str], number: int) -> bool:
        """Whether nothing that was made of these parts after a look has changed since that look."""
        return is_current(self._seen_in, parts, number + 1)

    def holds_since(self, parts: Sequence[str], position: int) -> bool:
        """Whether nothing that another process made of these parts at a position has changed since."""
        return is_current(self._touched, parts, position)

    def look(self, rows: Rows) -> Look:
        """Look once, and remember."""
        begun = time.monotonic()
        found = look(rows, self._position)
        # an open transaction holds the position back, and what was seen is told again: that touches nothing
        for change in set(found.changes) - self._taken_up:
            for part in touched(change):
                self._seen_in[part] = self.number + 1
                self._touched[part] = max(self._touched.get(part, 0), change.position)
        self._taken_up, self._position = frozenset(found.changes), found.position
        self.number, self._looked, self.is_down = self.number + 1, begun, False
        return found

    def try_look(self) -> None:
        """Look once on a connection of its own; a database that does not answer is remembered as down."""
        with self._one_at_a_time:
            try:
                if self._connection is None:
                    self._connection = _connected()
                self.look(self._rows)
            except psycopg.errors.QueryCanceled:
                self.is_down = self.is_down or time.monotonic() - self._looked > _PATIENCE
            except psycopg.Error as problem:
                if not self.is_down:
                    log.warning("keeping.database_down", problem=type(problem).__name__)
                self.is_down = True
                if self._connection is not None:
                    self._connection.close()
                self._connection = None

    def _run(self) -> None:
        while True:
            time.sleep(EVERY)
            self.try_look()

    def _rows(self, statement: str, params: dict[str, int]) -> Sequence[Sequence[object]]:
        assert self._connection is not None  # noqa: S101 - made by the only caller
        return self._connection.execute(statement.encode(), params).fetchall()


def _connected() -> psycopg.Connection:
    """A connection that never makes a look wait long; it is no request's."""
    params = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert"}
    }
    return psycopg.connect(
        **params, autocommit=True, connect_timeout=2, application_name="yiwang kept pages",
        options="-c statement_timeout=1200",
    )  # fmt: skip
