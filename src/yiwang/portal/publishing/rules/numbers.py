"""Long numbers in running text: digits in a row, or parted by signs as people part them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_JOINTS = frozenset(" -–—.·/_")
#: Signs that join a number to the one before it, so that it is a part of a longer one.
_TIES = frozenset("-–—./_")
_WIDEST_JOINT = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Signs of a number without what parts them; ``start`` to ``end`` in the text that was searched."""

    number: str
    start: int
    end: int

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a sign."""
        return self.start < other.end and other.start < self.end


def candidates(text: str, length: int, *, last: str = "") -> Iterator[Candidate]:
    """Every run of so many digits that no digit touches; the last may also be one of ``last``.

    Between two digits may stand up to two spaces, hyphens, dots or slashes. Runs may overlap.
    """
    for start, sign in enumerate(text):
        if not _is_digit(sign) or (start and _is_digit(text[start - 1])):
            continue
        found = _from(text, start, length, last)
        if found is not None:
            yield found


def is_tied(text: str, candidate: Candidate) -> bool:
    """Whether a hyphen, dot or slash ties the candidate to another digit before or behind it."""
    before, behind = text[: candidate.start][-2:], text[candidate.end :][:2]
    return (len(before) == 2 and before[1] in _TIES and _is_digit(before[0])) or (
        len(behind) == 2 and behind[0] in _TIES and _is_digit(behind[1])
    )


def _from(text: str, start: int, length: int, last: str) -> Candidate | None:
    digits, place, joint = [text[start]], start + 1, 0
    while place < len(text) and len(digits) < length:
        sign = text[place]
        if _is_digit(sign) or (len(digits) == length - 1 and sign in last):
            digits.append(sign)
            joint = 0
        elif sign in _JOINTS and joint < _WIDEST_JOINT:
            joint += 1
        else:
            return None
        place += 1
    if len(digits) < length or (place < len(text) and _is_digit(text[place])):
        return None
    return Candidate("".join(digits), start, place)


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9"
