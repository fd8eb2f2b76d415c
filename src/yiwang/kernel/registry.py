"""The one registry primitive: engines register things downwards, by key, at start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Keyed entries of one kind; duplicates raise, iteration is sorted by key."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, Entry] = {}

    def register(self, key: str, entry: Entry) -> Entry:
        """Add an entry; a key registers once."""
        if key in self._entries:
            raise ValueError(f"{self.name}: {key!r} is registered twice")
        self._entries[key] = entry
        return entry

    def get(self, key: str) -> Entry:
        """Give the entry or raise KeyError that names what there is."""
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"{self.name} has no {key!r}; known: {', '.join(sorted(self._entries))}") from None

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[tuple[str, Entry]]:
        return iter(sorted(self._entries.items()))

    def __len__(self) -> int:
        return len(self._entries)

    @contextmanager
    def temporarily(self, key: str, entry: Entry) -> Iterator[Entry]:
        """Hold an entry for the length of a test."""
        before = self._entries.get(key)
        self._entries[key] = entry
        try:
            yield entry
        finally:
            if before is None:
                del self._entries[key]
            else:
                self._entries[key] = before
