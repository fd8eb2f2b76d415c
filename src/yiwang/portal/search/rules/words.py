"""Words of a text with their places, as they are indexed and asked for. Pure, but for the dictionaries
that rjieba and OpenCC bring with them.

A text is folded first (full width, capitals, Traditional characters), then cut into runs of one script.
Chinese runs give the dictionary's words and the words inside them, each at the place of its first character,
so that a phrase can be told by places; characters that no word holds stand alone. The cut guesses no new
words: the same characters are cut alike wherever they stand, and an unknown name is found by its characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from typing import NamedTuple, Protocol

from opencc import OpenCC

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAS_HAN = re.compile(f"[{_HAN}]")
_RUNS = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+", re.UNICODE)
#: Positions of PostgreSQL's tsvector end here; what stands later is found but not as a phrase.
_LAST_PLACE = 16_383
_LONGEST_WORD = 60
#: Characters of one text that are indexed: a long law, and a bound for whatever is uploaded.
LONGEST_TEXT = 40_000
_TO_SIMPLIFIED = OpenCC("t2s")


class Word(NamedTuple):
    """A word and the place of its first character, from 0."""

    text: str
    at: int


class _Cut(Protocol):
    """rjieba's cut of a run: each word with the places of its first character and after its last."""

    def __call__(self, text: str, mode: str, hmm: bool) -> list[tuple[str, int, int]]: ...  # noqa: FBT001


@lru_cache(maxsize=1)
def _dictionary() -> _Cut:
    """Read at the first cut: 0.13 s and 33 MB that a process which never searches doesn't need."""
    cut: _Cut = import_module("rjieba").tokenize
    return cut


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    """Characters that OpenCC would change; it takes 4 µs a character, and few texts have any."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    return frozenset(line[:1] for line in table.splitlines())


def folded(text: str) -> str:
    """The form in which texts are compared: NFKC, small letters, Simplified characters.

    >>> folded("ＡＢＣ 營業執照")
    'abc 营业执照'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return plain if _traditional().isdisjoint(plain) else _TO_SIMPLIFIED.convert(plain)


def is_han(text: str) -> bool:
    """Whether a word is written in Chinese characters.

    >>> is_han("执照"), is_han("gb")
    (True, False)
    """
    return bool(_HAS_HAN.match(text))


def singular(word: str) -> str:
    """An English word without its plural ending (Harman's S stemmer, 1991).

    >>> singular("licences"), singular("companies"), singular("business")
    ('licence', 'company', 'business')
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word[:-1]


def coarse(folded_text: str) -> list[Word]:
    """The words of a folded text, none inside another, in order.

    >>> [word.text for word in coarse("办理营业执照 fees")]
    ['办理', '营业执照', 'fee']
    """
    return _cut(folded_text, "default")


def fine(folded_text: str) -> list[Word]:
    """The same with the words inside words, as a text is indexed.

    >>> [(word.text, word.at) for word in fine("营业执照")]
    [('营业', 0), ('执照', 2), ('营业执照', 0)]
    """
    return _cut(folded_text, "search")


def _cut(text: str, mode: str) -> list[Word]:
    found: list[Word] = []
    for run, at in runs(text):
        if is_han(run):
            cut = _dictionary()(run, mode, hmm=False)
            found += [Word(word[:_LONGEST_WORD], at + start) for word, start, _ in cut]
        else:
            found.append(Word(singular(run)[:_LONGEST_WORD], at))
    return found


def runs(text: str) -> list[Word]:
    """Pieces of one script, Chinese or another, with their places.

    >>> [run.text for run in runs("办 pet 证")]
    ['办', 'pet', '证']
    """
    return [Word(run[0], run.start()) for run in _RUNS.finditer(text)]


@lru_cache(maxsize=8192)
def parts_of(word: str) -> tuple[Word, ...]:
    """The shorter words inside a word; nothing for a word that has none.

    >>> [part.text for part in parts_of("营业执照")]
    ['营业', '执照']
    """
    return tuple(part for part in fine(word) if part.text != word)


def vector_of(parts: Iterable[tuple[str, str]]) -> str:
    """A tsvector literal of texts with their weights (``A`` to ``D``).

    >>> vector_of([("A", "营业执照")])
    "'营业':1A '执照':3A '营业执照':1A"
    """
    found: list[str] = []
    start = 1
    for weight, text in parts:
        plain = folded(text[:LONGEST_TEXT])
        found += [f"'{word}':{min(start + at, _LAST_PLACE)}{weight}" for word, at in fine(plain)]
        # texts of different parts are no neighbours
        start += len(plain) + 10
    return " ".join(found)
