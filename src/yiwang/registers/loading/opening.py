"""Which reader a file needs, told by its first bytes."""

from __future__ import annotations

import io
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from yiwang.registers.loading.converted import BEGINNING, ConvertedRecords, kind_of
from yiwang.registers.loading.lines import Readable
from yiwang.registers.loading.records import Records
from yiwang.registers.loading.separated import SeparatedRecords

_CHUNK = 1 << 20


class Digested:
    """A file whose bytes are counted and digested as they are read."""

    def __init__(self, file: Readable, head: bytes = b"") -> None:
        self._file = file
        self._head = head
        self._hashing = sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        """SHA-256 of what was read."""
        return self._hashing.hexdigest()

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""
        found = self._head or self._file.read(size)
        self._head = b""
        self._hashing.update(found)
        self.size += len(found)
        return found


class Opened:
    """The records of a file, and what is known of its bytes."""

    def __init__(
        self, file: Readable | Path, *, encoding: str | None, known: Collection[str], system: str = ""
    ) -> None:
        self._stream: Readable = file.open("rb") if isinstance(file, Path) else file
        self._owned = isinstance(file, Path)
        self._spooled: Path | None = None
        head = self._stream.read(BEGINNING)
        while len(head) < BEGINNING and (more := self._stream.read(BEGINNING - len(head))):
            head += more
        self.digested = Digested(self._stream, head)
        kind = kind_of(head)
        if kind is None:
            self.records: Records = SeparatedRecords(self.digested, encoding=encoding, known=known)
            return
        if isinstance(file, Path):
            while self.digested.read(_CHUNK):
                pass
            path = file
        else:
            path = self._spooled = self._spool(kind)
        self.records = ConvertedRecords(path, kind, system=system)

    def _spool(self, kind: str) -> Path:
        """The libraries jump about in a file, so one that only flows is put down first."""
        with NamedTemporaryFile(prefix="yiwang-load-", suffix=f".{kind}", delete=False) as kept:
            while chunk := self.digested.read(_CHUNK):
                kept.write(chunk)
        return Path(kept.name)

    def close(self) -> None:
        """End the reader and put away what was put down."""
        self.records.close()
        if self._spooled is not None:
            self._spooled.unlink(missing_ok=True)
        if self._owned and isinstance(self._stream, io.IOBase):
            self._stream.close()
