"""What was checked, what holds and what does not, each said in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

MOST_FAULTS = 20
T = TypeVar("T")
#: What the libraries raise on content that is none of its kind.
NOT_READ = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RecursionError,
    InvalidSignature, UnsupportedAlgorithm,
    x509.ExtensionNotFound, x509.DuplicateExtension, x509.InvalidVersion,
)  # fmt: skip


class Unreadable(Exception):
    """The file is no evidence that this program knows."""


class Broken(Exception):
    """Something of a container does not hold; said in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.said = (chinese, english)


@dataclass
class Findings:
    """What was checked and what did not hold."""

    leaves: int = 0
    lines: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    proven: list[tuple[str, str]] = field(default_factory=list)
    unlisted: int = 0

    def fault(self, chinese: str, english: str) -> None:
        """Note something that does not hold; only the first are listed."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((chinese, english))
        else:
            self.unlisted += 1

    def prove(self, chinese: str, english: str, check: Callable[[], T]) -> T | None:
        """Note that a check holds and give what it found out; or why it doesn't."""
        try:
            found = check()
        except Broken as broken:
            self.fault(f"{chinese}：不成立，{broken.said[0]}", f"{english}: no, {broken.said[1]}")
            return None
        except NOT_READ as problem:
            self.fault(f"{chinese}：不成立，内容无法读取", f"{english}: no, it cannot be read ({problem!r})")
            return None
        self.proven.append((chinese, english))
        return found
