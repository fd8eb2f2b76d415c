"""Two contents of a page compared: what was added, removed or changed, and the words of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from yiwang.kernel.text import Text
from yiwang.portal.sites.rules.bodies import Part

_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]?", re.DOTALL)
#: Beyond this many words a text is compared by its sentences: time grows with the square.
_MOST_WORDS = 2_000


class Mark(StrEnum):
    """What became of a stretch of text, or of a part."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that a page says: what it is called, and its text."""

    label: Text
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of one thing; ``count`` unchanged parts in succession stand together."""

    label: Text
    mark: Mark
    pieces: tuple[Piece, ...] = ()
    count: int = 1


def text_of(part: Part) -> str:
    """Everything that a part says, and which file it shows."""
    file = f"#{part.file}" if part.file else ""
    return "\n".join(one for one in (part.text, file, part.alt, part.caption) if one)


def compare_fields(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Difference]:
    """Fields that differ; both sides have the same fields in the same order."""
    for old, new in zip(before, after, strict=True):
        if old.text != new.text:
            yield _difference(new.label, old.text, new.text)


def compare_parts(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Difference]:
    """Parts of a body in their order; parts of one kind at one place are taken for one that changed."""
    olds, news = ([(line.label.zh, line.text) for line in side] for side in (before, after))
    for verb, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if verb == "equal":
            yield Difference(label=Text("", ""), mark=Mark.SAME, count=j - i)
            continue
        old, new = list(before[i:j]), list(after[k:m])
        while old and new:
            if old[0].label == new[0].label:
                yield _difference(new[0].label, old.pop(0).text, new.pop(0).text)
            elif len(old) >= len(new):
                yield _difference(old[0].label, old.pop(0).text, "")
            else:
                yield _difference(new[0].label, "", new.pop(0).text)
        for line in old:
            yield _difference(line.label, line.text, "")
        for line in new:
            yield _difference(line.label, "", line.text)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The stretches of two texts: a Chinese sign, a word or a number is the least that changes."""
    sides = [_WORDS.findall(text) for text in (before, after)]
    if max(map(len, sides)) > _MOST_WORDS:
        sides = [_SENTENCES.findall(text) for text in (before, after)]
    old, new = sides
    found = []
    for verb, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(Piece(mark=Mark.SAME, text="".join(old[i:j])))
            continue
        found.append(Piece(mark=Mark.REMOVED, text="".join(old[i:j])))
        found.append(Piece(mark=Mark.ADDED, text="".join(new[k:m])))
    return tuple(piece for piece in found if piece.text)


def _difference(label: Text, before: str, after: str) -> Difference:
    mark = Mark.CHANGED if before and after else Mark.ADDED if after else Mark.REMOVED
    return Difference(label=label, mark=mark, pieces=compare_words(before, after))
