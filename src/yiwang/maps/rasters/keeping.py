"""Pictures that this process gave lately; a file never changes, so they stay right."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

Key = tuple[str, str, str, int, int, int]


class PictureStore:
    """The pictures asked for last, up to so many bytes; None is kept too: nothing there."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._lock = Lock()
        self._kept: OrderedDict[Key, bytes | None] = OrderedDict()
        self.bytes = 0

    def get(self, key: Key) -> tuple[bool, bytes | None]:
        """Whether it is kept, and what."""
        with self._lock:
            if key not in self._kept:
                return False, None
            self._kept.move_to_end(key)
            return True, self._kept[key]

    def put(self, key: Key, body: bytes | None) -> None:
        """Keep it; the ones not asked for longest go."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = body
            self.bytes += _size(body)
            while self.bytes > self._most:
                _, gone = self._kept.popitem(last=False)
                self.bytes -= _size(gone)


def _size(body: bytes | None) -> int:
    """A key and its place take about 400 bytes."""
    return 400 + len(body or b"")


#: About two thousand tiles.
OWN = PictureStore(48_000_000)
