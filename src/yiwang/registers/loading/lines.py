"""Lines of a text file as people count them, in UTF-8 or GB 18030, without trusting their length.

Splitting bytes at line feeds is safe in both encodings: no byte of a longer character of GB 18030 is below
0x30, so neither a line feed nor a quotation mark can be half of one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from yiwang.kernel.text import Text

ENCODINGS = ("utf-8", "gb18030")
#: A line of a register's file has a few hundred bytes; a file without line ends must not fill the memory.
LONGEST_LINE = 1_000_000
_SAMPLE = 65_536
_ENDLESS = Text("一行超过 100 万字节", "A line of more than 1,000,000 bytes")


class Readable(Protocol):
    """A file of bytes, or an upload."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""


@dataclass
class LineFault(Exception):
    """The file cannot be read beyond this line."""

    line: int
    reason: Text


@dataclass(slots=True)
class Lines:
    """Decoded lines of a file; counts them and takes the digest of the bytes on the way."""

    file: Readable
    encoding: str
    number: int = 0
    digest: str = ""
    _head: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, file: Readable, encoding: str | None = None) -> Lines:
        """Open with a given encoding or the one that the beginning shows."""
        head = file.read(_SAMPLE)
        return cls(file=file, encoding=encoding or detect(head), _head=head)

    def __iter__(self) -> Iterator[str]:
        hashing = sha256()
        for raw in self._raw_lines():
            self.number += 1
            hashing.update(raw)
            if len(raw) > LONGEST_LINE:
                raise LineFault(self.number, _ENDLESS)
            if b"\x00" in raw:
                raise LineFault(self.number, Text("含有空字符", "Holds a null character"))
            try:
                text = raw.decode(self.encoding)
            except UnicodeDecodeError as problem:
                place = problem.start + 1
                raise LineFault(
                    self.number,
                    Text(
                        f"第 {place} 个字节不是有效的 {self.encoding.upper()} 编码",
                        f"Byte {place} is not valid {self.encoding.upper()}",
                    ),
                ) from problem
            yield text.removeprefix("\ufeff") if self.number == 1 else text
        self.digest = hashing.hexdigest()

    def _raw_lines(self) -> Iterator[bytes]:
        pending = self._head
        ended = False
        while not ended:
            *whole, pending = pending.split(b"\n")
            yield from (line + b"\n" for line in whole)
            if len(pending) > LONGEST_LINE:
                break
            chunk = self.file.read(_SAMPLE)
            ended = not chunk
            pending += chunk
        if pending:
            yield pending


def detect(head: bytes) -> str:
    """Tell UTF-8 from GB 18030 by the first bytes.

    A file that has whole characters of UTF-8 before its first fault is a broken UTF-8 file, not a Chinese
    one: reading it as GB 18030 would turn its names into other names.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _SAMPLE)
    except UnicodeDecodeError as problem:
        if not head[: problem.start].isascii():
            return "utf-8"
        try:
            codecs.getincrementaldecoder("gb18030")().decode(head, final=len(head) < _SAMPLE)
        except UnicodeDecodeError:
            return "utf-8"
        return "gb18030"
    return "utf-8"
