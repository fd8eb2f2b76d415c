"""A look at what has changed of what is drawn, and the thread that looks all the time.

Notes are written by triggers of the registers' tables and seen in the order of commits: each look asks from
the oldest transaction on that was open at the last one. The looks are counted here, so that a transaction
that stays open stops nothing; what it makes a look see again is left out by its number.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import starmap

import psycopg
import structlog
from django.db import connection

from yiwang.exchange.api import LAW_MARK
from yiwang.maps.keeping.contracts import Change, Key, Look, Source
from yiwang.maps.keeping.store import TileStore
from yiwang.maps.rules.tiles import EXTENT, MARGIN
from yiwang.maps.rules.touching import Bounds
from yiwang.registers.api import DRAWN_CHANGES

log = structlog.get_logger()
#: Seconds between looks; and for how long what a look found is taken for true.
EVERY, TRUSTED = 0.4, 1.4
#: Seconds without a look after which what was kept is not known to be good: notes are kept for longer.
_LOST = 300.0
#: Above so many pairs of a tile and a changed shape the shapes' boxes say what is touched.
_MOST_PAIRS = 100_000
_TOUCHED = f"""
SELECT DISTINCT k.place FROM unnest(%(zooms)s::int[], %(columns)s::int[], %(rows)s::int[])
  WITH ORDINALITY k (zoom, tile_column, tile_row, place)
JOIN registers_drawnchange c ON c.id = ANY(%(numbers)s::bigint[]) AND (c.shape IS NULL OR ST_Intersects(
  c.shape, ST_TileEnvelope(k.zoom, k.tile_column, k.tile_row, margin => {MARGIN / EXTENT})))
"""
Rows = Callable[[str, Mapping[str, object]], Sequence[Sequence[object]]]


def look(rows: Rows, since: int | None, known: Collection[int] = ()) -> Look:
    """What changed from a position on beside what is known, by a function that runs a statement."""
    ((law,),) = rows(LAW_MARK, {}) or ((None,),)
    found = rows(DRAWN_CHANGES, {"since": since, "known": list(known)})
    told = [row for row in found if row[1] is not None]
    return Look(
        position=int(str(found[0][0])),
        law=law if isinstance(law, uuid.UUID) else None,
        changes=tuple(starmap(_change, (row[2:] for row in told))),
        noted={int(str(row[2])): int(str(row[1])) for row in told},
    )


def _change(number: object, register: object, field: object, *corners: object) -> Change:
    west, south, east, north = (float(str(each)) if each is not None else None for each in corners)
    box = None
    if west is not None and south is not None and east is not None and north is not None:
        box = Bounds(west=west, south=south, east=east, north=north)
    return Change(number=int(str(number)), source=(str(register), int(str(field))), box=box)


class Watch:
    """What this process knows of changes; one thread writes, all others read."""

    def __init__(self, store: TileStore) -> None:
        self._store = store
        #: The number of the last look, and the mark of the law that it found.
        self.number = 0
        self.law: uuid.UUID | None = None
        self._position: int | None = None
        self._noted: dict[int, int] = {}
        self._looked = float("-inf")
        self._begun = threading.Lock()
        self._connection: psycopg.Connection | None = None

    def begin(self) -> None:
        """Look from now on; a second call does nothing."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._run, name="kept-tiles", daemon=True).start()

    def is_trusted(self) -> bool:
        """Whether the last look is young enough."""
        return time.monotonic() - self._looked < TRUSTED

    def look(self, rows: Rows) -> int:
        """Look once, and drop what a change touches; gives how many tiles that was."""
        begun = time.monotonic()
        if begun - self._looked > _LOST:
            self._store.begin_anew(self.number + 1)
            self._position, self._noted = None, {}
        found = look(rows, self._position, self._noted.keys())
        near = self._store.tell(self.number + 1, found.changes)
        gone = sum(
            self._store.drop(_touched(rows, [c for c in found.changes if c.source == source], keys))
            for source, keys in near.items()
        )
        noted = self._noted | found.noted
        self._noted = {number: at for number, at in noted.items() if at >= found.position}
        self._position, self.law = found.position, found.law
        self.number, self._looked = self.number + 1, begun
        return gone

    def try_look(self) -> None:
        """Look once on a connection of its own; while the database does not answer nothing kept is given."""
        try:
            if self._connection is None:
                self._connection = _connected()
            self.look(self._rows)
        except psycopg.Error as problem:
            log.warning("maps.tiles_not_looked_after", problem=type(problem).__name__)
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _run(self) -> None:
        while True:
            self.try_look()
            time.sleep(EVERY)

    def _rows(self, statement: str, params: Mapping[str, object]) -> Sequence[Sequence[object]]:
        assert self._connection is not None  # noqa: S101 - made by the only caller
        return self._connection.execute(statement.encode(), params).fetchall()


def _touched(rows: Rows, changes: Sequence[Change], keys: Collection[Key]) -> Sequence[Key]:
    """Those of the tiles that a changed shape itself touches, not only its box."""
    near = sorted(keys)
    if len(near) * len(changes) > _MOST_PAIRS or any(change.box is None for change in changes):
        return near
    asked = {
        "zooms": [zoom for _, zoom, _, _ in near],
        "columns": [column for _, _, column, _ in near],
        "rows": [row for _, _, _, row in near],
        "numbers": [change.number for change in changes],
    }
    try:
        found = rows(_TOUCHED, asked)
    except psycopg.InternalError:  # a shape with which geometry can't reckon
        return near
    return [near[int(str(place)) - 1] for (place,) in found]


def _connected() -> psycopg.Connection:
    """A connection that never makes a look wait long; it is no request's."""
    params = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert"}
    }
    return psycopg.connect(
        **params, autocommit=True, connect_timeout=2, application_name="yiwang kept tiles",
        options="-c statement_timeout=1200",
    )  # fmt: skip


__all__ = ["Source", "Watch", "look"]
