"""Kept tiles: bounded by bytes, those longest not asked for go first; found by what they show and where."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterable, Sequence
from threading import Lock

from yiwang.maps.keeping.contracts import Change, DrawnTile, Key, Source
from yiwang.maps.rules.touching import EVERYWHERE, Place, span_of

#: What a tile takes in memory beside its bytes.
_BESIDE = 1_000
#: Looks for which it is known what they found, so that a tile that was in the making can be judged.
_MOST_LOOKS = 200


class TileStore:
    """Tiles of one process. Looks have numbers that go up by one; one thread tells them, all others read."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lock = Lock()
        self._kept: OrderedDict[Key, DrawnTile] = OrderedDict()
        self._there: dict[tuple[Source, int], dict[Place, set[Key]]] = defaultdict(dict)
        self._recent: deque[tuple[int, Sequence[Change]]] = deque(maxlen=_MOST_LOOKS)
        self._oldest = 1

    def __len__(self) -> int:
        return len(self._kept)

    def kept_keys(self) -> frozenset[Key]:
        """What is kept."""
        with self._lock:
            return frozenset(self._kept)

    def get(self, key: Key) -> DrawnTile | None:
        """A kept tile."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, tile: DrawnTile, *, look: int) -> bool:
        """Keep a tile that was drawn after a look, unless something touched it since."""
        with self._lock:
            if _size(tile) > self.most_bytes // 8:  # one tile is not to push out most others
                return False
            if look < self._oldest or self._is_touched(key, tile.sources, look):
                return False
            self._let_go(key)
            self._kept[key] = tile
            self.bytes += _size(tile)
            _, zoom, column, row = key
            for source in tile.sources:
                self._there[source, zoom].setdefault((column, row), set()).add(key)
            while self.bytes > self.most_bytes:
                self._let_go(next(iter(self._kept)))
            return key in self._kept

    def tell(self, look: int, changes: Sequence[Change]) -> dict[Source, frozenset[Key]]:
        """Take up what a look found; gives the tiles whose square a change's box touches, by source."""
        with self._lock:
            self._recent.append((look, changes))
            self._oldest = max(self._oldest, self._recent[0][0] - 1)
            found: dict[Source, set[Key]] = defaultdict(set)
            for change in changes:
                found[change.source] |= self._near(change)
            return {source: frozenset(keys) for source, keys in found.items() if keys}

    def drop(self, keys: Iterable[Key]) -> int:
        """Let tiles go; gives how many there were."""
        with self._lock:
            return sum(self._let_go(key) for key in keys)

    def begin_anew(self, look: int) -> None:
        """Keep nothing that was drawn before a look: it is not known what changed meanwhile."""
        with self._lock:
            self._kept.clear()
            self._there.clear()
            self._recent.clear()
            self.bytes, self._oldest = 0, look

    def _near(self, change: Change) -> set[Key]:
        found: set[Key] = set()
        for (source, zoom), places in self._there.items():
            if source != change.source:
                continue
            span = span_of(change.box or EVERYWHERE, zoom)
            near = span if len(span) < len(places) else [place for place in places if place in span]
            for place in near:
                found |= places.get(place, set())
        return found

    def _is_touched(self, key: Key, sources: Sequence[Source], look: int) -> bool:
        _, zoom, column, row = key
        return any(
            change.source in sources and (column, row) in span_of(change.box or EVERYWHERE, zoom)
            for number, changes in self._recent
            if number > look
            for change in changes
        )

    def _let_go(self, key: Key) -> bool:
        tile = self._kept.pop(key, None)
        if tile is None:
            return False
        self.bytes -= _size(tile)
        _, zoom, column, row = key
        for source in tile.sources:
            places = self._there[source, zoom]
            places[column, row].discard(key)
            if not places[column, row]:
                del places[column, row]
        return True


def _size(tile: DrawnTile) -> int:
    return len(tile.body) + _BESIDE
