"""The kept tiles of a process."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from yiwang.maps.keeping.contracts import DrawnTile, Key
from yiwang.maps.keeping.entry import KEEPS
from yiwang.maps.keeping.looking import Watch
from yiwang.maps.keeping.store import TileStore

#: What a process holds in memory at most.
MOST_BYTES = 96_000_000
#: Seconds after which a thread draws a tile although another is at it.
_LONGEST_WAIT = 3.0


class TileKeeping:
    """Tiles, and the watch that lets them go."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.store = TileStore(most_bytes)
        self.watch = Watch(self.store)
        self._locks = [threading.Lock() for _ in range(64)]

    @property
    def law(self) -> uuid.UUID | None:
        """The mark of the law as the last look found it."""
        return self.watch.law

    def is_trusted(self) -> bool:
        """Whether what is kept may be given now."""
        return self.watch.is_trusted()

    def get(self, key: Key) -> DrawnTile | None:
        """A kept tile."""
        return self.store.get(key)

    def put(self, key: Key, tile: DrawnTile, *, look: int) -> bool:
        """Keep a tile that was drawn after a look, unless something touched it since."""
        return self.store.put(key, tile, look=look)

    @contextmanager
    def alone(self, key: Key) -> Iterator[int]:
        """One thread draws a tile while the others wait for it; gives the look after which it draws."""
        lock = self._locks[hash(key) % len(self._locks)]
        is_first = lock.acquire(timeout=_LONGEST_WAIT)
        try:
            yield self.watch.number
        finally:
            if is_first:
                lock.release()


OWN = TileKeeping()


def keeping_of(meta: Mapping[str, object]) -> TileKeeping | None:
    """The kept tiles of the process that answers a request, if its ``META`` says that it keeps some."""
    if meta.get(KEEPS) is not True:
        return None
    OWN.watch.begin()
    return OWN
