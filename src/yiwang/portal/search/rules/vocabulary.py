"""What the city's people call things: sayings that mean the same, and words that ask for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yiwang.portal.search.rules.words import folded, singular


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sayings by saying, folded, and stop words; ``longest`` is the longest Chinese saying in characters."""

    sayings: Mapping[str, tuple[str, ...]]
    stops: frozenset[str]
    longest: int


def vocabulary_of(groups: Iterable[Sequence[str]], stops: Iterable[str]) -> Vocabulary:
    """Put groups of sayings and stop words into the form that queries are read with.

    Raises:
        ValueError: a saying stands in two groups, or a group has only one.
    """
    sayings: dict[str, tuple[str, ...]] = {}
    for group in groups:
        plain = tuple(dict.fromkeys(folded(saying) for saying in group))
        if len(plain) < 2:
            raise ValueError(f"one saying alone means nothing else: {list(group)}")
        for saying in plain:
            if saying in sayings:
                raise ValueError(f"{saying} stands in two groups")
            sayings[saying] = tuple(other for other in plain if other != saying)
    return Vocabulary(
        sayings=sayings,
        stops=frozenset(singular(folded(stop)) for stop in stops),
        longest=max(map(len, sayings), default=0),
    )
