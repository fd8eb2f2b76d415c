"""Lines of a text file as people count them, in UTF-8, GB 18030 or UTF-16, without trusting their length.

Splitting bytes at line feeds is safe in both encodings: no byte of a longer character of GB 18030 is below
0x30, so neither a line feed nor a quotation mark can be half of one. UTF-16 is made UTF-8 first.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from yiwang.kernel.text import Text
from yiwang.registers.loading.records import LineFault

__all__ = ["ENCODINGS", "LONGEST_LINE", "LineFault", "Lines", "Readable", "detect"]

ENCODINGS = ("utf-8", "gb18030", "utf-16")
#: A line of a register's file has a few hundred bytes, with a shape of very many corners some millions.
#: A file without line ends must not fill the memory.
LONGEST_LINE = 8_000_000
_SAMPLE = 65_536
_ENDLESS = Text("一行超过 800 万字节", "A line of more than 8,000,000 bytes")


class Readable(Protocol):
    """A file of bytes, or an upload."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes; none at the end."""


@dataclass(slots=True)
class Lines:
    """Decoded lines of a file; counts them on the way."""

    file: Readable
    encoding: str
    number: int = 0
    _head: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, file: Readable, encoding: str | None = None) -> Lines:
        """Open with a given encoding or the one that the beginning shows."""
        head = b""
        while len(head) < _SAMPLE and (more := file.read(_SAMPLE - len(head))):
            head += more
        found = encoding or detect(head)
        if found.startswith("utf-16"):
            return cls(file=_Recoded(file, head, found), encoding=found)
        return cls(file=file, encoding=found, _head=head)

    def __iter__(self) -> Iterator[str]:
        coding = "utf-8" if self.encoding.startswith("utf-16") else self.encoding
        for raw in self._raw_lines():
            self.number += 1
            if len(raw) > LONGEST_LINE:
                raise LineFault(self.number, _ENDLESS)
            if b"\x00" in raw:
                raise LineFault(self.number, Text("含有空字符", "Holds a null character"))
            try:
                text = raw.decode(coding)
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


class _Recoded:
    """A file in UTF-16 as UTF-8."""

    def __init__(self, file: Readable, head: bytes, encoding: str) -> None:
        self._file = file
        self._head = head
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._lines = 0
        self._ended = False

    def read(self, size: int, /) -> bytes:
        """Give the next bytes in UTF-8; none at the end."""
        while not self._ended:
            raw = self._head or self._file.read(size)
            self._head = b""
            self._ended = not raw
            try:
                text = self._decoder.decode(raw, final=self._ended)
            except UnicodeDecodeError as problem:
                line = self._lines + problem.object[: problem.start].decode(self._encoding, "replace").count(
                    "\n"
                )
                raise LineFault(line + 1, _NOT_UTF_16) from problem
            self._lines += text.count("\n")
            if text:
                return text.encode("utf-8", "surrogatepass")
        return b""


_NOT_UTF_16 = Text("不是有效的 UTF-16 编码", "Not valid UTF-16")
#: Of the letters, digits and separators of a file in UTF-16 every second byte is zero.
_ZEROS = 0.2


def _utf_16(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        others = head[::2] if encoding == "utf-16-le" else head[1::2]
        if zeros.count(0) > _ZEROS * len(zeros) and not others.count(0):
            return encoding
    return None


def detect(head: bytes) -> str:
    """Tell UTF-8, GB 18030 and UTF-16 by the first bytes.

    A file that has whole characters of UTF-8 before its first fault is a broken UTF-8 file, not a Chinese
    one: reading it as GB 18030 would turn its names into other names.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if (found := _utf_16(head)) is not None:
        return found
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
