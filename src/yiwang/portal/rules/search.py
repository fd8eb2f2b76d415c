"""Find service items by words: a small, explainable score over titles, summaries and papers.

The catalogue of a city has hundreds of items, not millions; each is scored by which of the query's words
and character pairs it holds and where. Chinese has no spaces, so pairs of characters stand for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_LONGEST_QUERY = 100
_STOP = frozenset(
    {"a", "the", "of", "and", "to", "for", "in", "how", "do", "i", "my", "怎么", "如何", "办理"}
)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A text with its weight: a hit in a title counts more than one in a list of papers."""

    text: str
    weight: float


def terms(query: str) -> tuple[str, ...]:
    """Words and character pairs of a query, in order, without repeats."""
    lowered = query[:_LONGEST_QUERY].lower()
    found: dict[str, None] = {}
    for run in _CHINESE.findall(lowered):
        pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        for pair in pairs:
            found.setdefault(pair)
    for word in _LATIN.findall(lowered):
        found.setdefault(word)
    return tuple(term for term in found if term not in _STOP)


def score(query: str, fields: Iterable[Weighted]) -> float:
    """Give the score of one item; 0 means not found. Whole-phrase hits count three times."""
    wanted = terms(query)
    if not wanted:
        return 0.0
    phrase = query.strip().lower()
    total = 0.0
    hit: set[str] = set()
    for field in fields:
        text = field.text.lower()
        if phrase in text:
            total += 3 * field.weight
        present = {term for term in wanted if term in text}
        hit |= present
        total += field.weight * len(present) / len(wanted)
    # Half of what was asked for must be there, else any common pair would drag in half the catalogue.
    return total if 2 * len(hit) >= len(wanted) else 0.0


def ranked(query: str, items: Sequence[tuple[str, Sequence[Weighted]]]) -> list[str]:
    """Give the keys of the items found, best first, ties by key."""
    scores = [(score(query, fields), key) for key, fields in items]
    return [key for value, key in sorted(scores, key=lambda pair: (-pair[0], pair[1])) if value > 0]
