"""What a query asks for: groups of sayings, of each of which a document must hold one. Pure.

Every bound is here: however much is sent, a query is at most ``MOST_WORDS`` groups of ``MOST_SAYINGS``
sayings, and its text for PostgreSQL holds nothing but words of letters, digits and characters.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from yiwang.portal.search.rules.vocabulary import Vocabulary
from yiwang.portal.search.rules.words import Word, coarse, folded, is_han, parts_of

#: More than anybody types into one field.
LONGEST_QUERY = 100
MOST_WORDS = 8
MOST_SAYINGS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was understood: its folded text, and the sayings of each group, the typed one first."""

    text: str
    groups: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def typed(self) -> tuple[str, ...]:
        """The words that were typed, to mark them in what is found."""
        return tuple(group[0] for group in self.groups)


def understood(query: str, vocabulary: Vocabulary) -> Asked:
    """Read a query: sayings of the vocabulary first, the longest that stands there, then words.

    Stop words go, unless there is nothing else. Single characters side by side stay together as one phrase.
    """
    text = " ".join(folded(query[:LONGEST_QUERY]).split())[:LONGEST_QUERY]
    pieces = _pieces(text, vocabulary)
    wanted = [piece for piece in pieces if piece not in vocabulary.stops] or pieces
    groups: dict[str, tuple[str, ...]] = {}
    for piece in wanted[: 4 * MOST_WORDS]:
        if len(groups) < MOST_WORDS:
            groups.setdefault(piece, (piece, *vocabulary.sayings.get(piece, ()))[:MOST_SAYINGS])
    return Asked(text=text, groups=tuple(groups.values()))


def _pieces(text: str, vocabulary: Vocabulary) -> list[str]:
    found: list[str] = []
    words = coarse(text)
    # 居住证 doesn't stand in 居住证明: a saying ends where a word ends
    borders = {0, len(text), *(edge for word, at in words for edge in (at, at + len(word)))}
    rest = 0
    at = 0
    while at < len(text):
        saying = _saying_at(text, at, borders, vocabulary) if at in borders else ""
        if saying:
            found += [*_words(text[rest:at], vocabulary), saying]
            at += len(saying)
            rest = at
        else:
            at += 1
    return found + _words(text[rest:], vocabulary)


def _saying_at(text: str, at: int, borders: set[int], vocabulary: Vocabulary) -> str:
    """The longest saying that begins here, "" where none does; Latin ones must be whole words."""
    for length in range(min(vocabulary.longest, len(text) - at), 1, -1):
        saying = text[at : at + length]
        if saying not in vocabulary.sayings or (is_han(saying) and at + length not in borders):
            continue
        before, after = text[at - 1 : at], text[at + length : at + length + 1]
        if is_han(saying) or not (_is_latin(before) or _is_latin(after)):
            return saying
    return ""


def _is_latin(sign: str) -> bool:
    return sign.isalnum() and not is_han(sign)


def _words(text: str, vocabulary: Vocabulary) -> list[str]:
    """Words, with single characters that stand side by side put together; stop characters part them."""
    found: list[str] = []
    end = -1
    for word, at in coarse(text):
        single = is_han(word) and len(word) == 1 and word not in vocabulary.stops
        if single and at == end:
            found[-1] += word
        else:
            found.append(word)
        end = at + 1 if single else -1
    return found


def query_of(asked: Asked, *, how: Literal["all", "any"] = "all") -> str:
    """A tsquery literal; ``any`` is for when no document holds all that was asked.

    >>> query_of(Asked("营业执照", (("营业执照", "business licence"),)))
    "('营业执照' | ('营业' <2> '执照') | ('business' <9> 'licence'))"
    """
    groups = [_alternatives(group) for group in asked.groups]
    return (" & " if how == "all" else " | ").join(groups)


def _alternatives(sayings: tuple[str, ...]) -> str:
    found: dict[str, None] = {}
    typed = coarse(sayings[0])
    for saying in sayings:
        words = coarse(saying)
        if words:
            found.setdefault(_phrase(words))
        if len(words) == 1 and is_han(saying):
            # the dictionary may hold the whole word where a text was cut into its parts
            inner = _side_by_side(parts_of(saying), len(saying))
            if inner:
                found.setdefault(_phrase(inner))
    if len({word.text for word in typed}) > 1 and len(sayings) > 1:
        # without the vocabulary its words might stand apart
        found.setdefault(f"({' & '.join(_quoted(word) for word in typed)})")
    return f"({' | '.join(found)})"


def _quoted(word: Word) -> str:
    """A word as tsquery spells it; words hold no quotes."""
    return f"'{word.text}'"


def _side_by_side(parts: tuple[Word, ...], length: int) -> list[Word]:
    """The parts that cover a word from its beginning to its end, none over another; [] if they don't."""
    chain: list[Word] = []
    end = 0
    for part in sorted(parts, key=lambda part: (part.at, -len(part.text))):
        if part.at == end:
            chain.append(part)
            end += len(part.text)
    return chain if end == length and len(chain) > 1 else []


def _phrase(words: list[Word]) -> str:
    """Words one after another at the distances at which they stand."""
    text = f"'{words[0].text}'"
    for before, word in itertools.pairwise(words):
        text += f" <{word.at - before.at}> '{word.text}'"
    return f"({text})" if len(words) > 1 else text
