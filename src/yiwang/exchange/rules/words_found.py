"""Words of a text for searching, Chinese without a dictionary: pairs of neighbouring characters.

Each run of Chinese characters gives its pairs and its last character (人口信息: 人口 口信 信息 息); other
words are taken in small letters. A phrase is found where its pairs stand side by side, so a query finds
exactly the texts that hold it, with no dictionary to miss new words. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_RUNS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+|[^\W_]+", re.UNICODE)
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
#: Positions of PostgreSQL's tsvector end here; what stands later is found but not as a phrase.
_LAST_PLACE = 16_383
#: More than anybody types; keeps a query short.
_MOST_RUNS = 12
_LONGEST = 60


def _runs(text: str) -> Iterator[str]:
    for found in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        yield from _split(found)


def _split(run: str) -> Iterator[str]:
    """A run of word characters may still mix scripts: 2026年, GB标准."""
    piece = ""
    for character in run:
        if piece and bool(_CHINESE.match(character)) != bool(_CHINESE.match(piece[-1])):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def is_chinese(run: str) -> bool:
    """Whether a run is Chinese characters."""
    return bool(_CHINESE.match(run))


def terms_of(text: str, *, start: int = 1) -> list[tuple[str, int]]:
    """Terms of a text with their places.

    >>> terms_of("人口信息 by ID")
    [('人口', 1), ('口信', 2), ('信息', 3), ('息', 4), ('by', 5), ('id', 6)]
    """
    found: list[tuple[str, int]] = []
    place = start
    for run in _runs(text):
        if is_chinese(run):
            found += [(run[at : at + 2], place + at) for at in range(len(run))]
            place += len(run)
        else:
            found.append((run[:_LONGEST], place))
            place += 1
    return [(term, min(where, _LAST_PLACE)) for term, where in found]


def vector_of(parts: Iterable[tuple[str, str]]) -> str:
    """A tsvector literal of weighted texts (``A`` to ``D``).

    >>> vector_of([("A", "人口信息")])
    "'人口':1A '口信':2A '信息':3A '息':4A"
    """
    found: list[str] = []
    place = 1
    for weight, text in parts:
        terms = terms_of(text, start=place)
        found += [f"'{term}':{where}{weight}" for term, where in terms]
        # texts of different parts are no neighbours
        place = terms[-1][1] + 10 if terms else place
    return " ".join(found)


def query_of(asked: str) -> str:
    """A tsquery literal: every run must be there, Chinese ones as they stand, others as a beginning.

    >>> query_of("人口信息 ID")
    "('人口' <-> '口信' <-> '信息') & 'id':*"
    """
    wanted: list[str] = []
    for run in list(_runs(asked[:200]))[:_MOST_RUNS]:
        if not is_chinese(run):
            wanted.append(f"'{run[:_LONGEST]}':*")
        elif len(run) == 1:
            # one character is the head of a pair or the last of a run
            wanted.append(f"'{run}':*")
        else:
            pairs = [f"'{run[at : at + 2]}'" for at in range(len(run) - 1)]
            wanted.append(f"({' <-> '.join(pairs)})" if len(pairs) > 1 else pairs[0])
    return " & ".join(wanted)
