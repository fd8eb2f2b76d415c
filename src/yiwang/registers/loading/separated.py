"""Records of a text file: CSV, or with another separator."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from itertools import chain

from yiwang.kernel.text import Text
from yiwang.registers.loading.lines import LONGEST_LINE, Lines, Readable
from yiwang.registers.loading.records import LineFault, Record

#: Comma first: where the head doesn't tell, a file is what its name says.
DELIMITERS = (",", "\t", ";", "|")
_MALFORMED = Text("不是规范的 CSV（引号或分隔符有误）", "Not well-formed CSV (quotation marks or separators)")
# a cell may hold a shape, and so be as long as a line: Python's own limit is that of a few thousand corners
csv.field_size_limit(LONGEST_LINE)
_FAULTS = {
    f"field larger than field limit ({LONGEST_LINE})": Text("单元格过长", "A cell is too long"),
    "unexpected end of data": Text("引号没有结束", "A quotation mark is not closed"),
}


class SeparatedRecords:
    """Records of a text file whose head has some of the ``known`` names."""

    has_types = False

    def __init__(self, file: Readable, *, encoding: str | None, known: Collection[str]) -> None:
        self.lines = Lines.of(file, encoding)
        self.encoding = self.lines.encoding
        self.delimiter = ","
        self._known = known
        self._texts = iter(self.lines)
        self._records: Iterator[list[str]] = iter(())

    def head(self) -> list[str] | None:
        """Read the first record; its separator is the one that makes most names known."""
        first = next(self._texts, None)
        if first is None:
            return None
        self.delimiter = separator_of(first, self._known)
        self._records = csv.reader(chain([first], self._texts), delimiter=self.delimiter, strict=True)
        return self._next()

    def __iter__(self) -> Iterator[Record]:
        while True:
            begins = self.lines.number + 1
            record = self._next()
            if record is None:
                return
            if record:
                yield Record(begins, record)

    def close(self) -> None:
        """Nothing is held."""

    def _next(self) -> list[str] | None:
        try:
            return next(self._records, None)
        except csv.Error as problem:
            raise LineFault(self.lines.number, _FAULTS.get(str(problem), _MALFORMED)) from problem


def separator_of(head: str, known: Collection[str]) -> str:
    """Give the separator under which a head has most known names; a comma where none has any.

    >>> separator_of("name;sex", {"name", "sex"}), separator_of("what", {"name"})
    (';', ',')
    """

    def names(delimiter: str) -> int:
        return sum(cell.strip().strip('"').casefold() in known for cell in head.split(delimiter))

    return max(DELIMITERS, key=names)
