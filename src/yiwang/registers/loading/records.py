"""What every format gives: a head, then records with the line on which each begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from yiwang.kernel.text import Text


@dataclass
class LineFault(Exception):
    """The file cannot be read beyond this line."""

    line: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it came: the line on which it begins, and its cells."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that no text can be made of; ``place`` counts columns from 0."""

    line: int
    place: int
    reason: Text


class Records(Protocol):
    """A file that is read record by record. Raises LineFault where it can't be read on."""

    #: Whether cells had types of their own.
    has_types: bool
    encoding: str
    delimiter: str

    def head(self) -> list[str] | None:
        """The names of the columns; None where there is nothing."""

    def __iter__(self) -> Iterator[Record | CellFault]:
        """The records after the head."""

    def close(self) -> None:
        """Let go of processes and files."""
