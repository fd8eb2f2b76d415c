"""Which result comes first: a service that one can use before news about it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: What is dated loses half of the part that can be lost in so many days.
_HALF_LIFE = 730.0
#: The part of an old document's score that stays: a law doesn't get worse by age.
_STAYS = 0.6
_SAME_TITLE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that was found.

    Args:
        relevance: PostgreSQL's rank of words by their place, 0 to 1.
        weight: how much a document of this kind counts, 0 to 1.
        usable: one can do something there: a service, a form.
        titled: all that was asked stands in its title or keywords.
        exact: its title is what was typed.
        partial: it holds only some of what was asked.
    """

    id: int
    kind: str
    relevance: float
    weight: float
    usable: bool
    titled: bool
    exact: bool
    dated: date | None
    organisation: str = ""
    partial: bool = False


def tier(hit: Hit) -> int:
    """What can be used and is named so, or is exactly named so; then what is so named; the rest; parts."""
    if hit.partial:
        return 3
    if hit.exact or (hit.usable and hit.titled):
        return 0
    return 1 if hit.titled else 2


def score(hit: Hit, *, today: date) -> float:
    """Within a tier: relevance by the kind's weight, fresher first among equals."""
    age = max(0, (today - hit.dated).days) if hit.dated else 0
    fresh = _STAYS + (1 - _STAYS) * math.pow(0.5, age / _HALF_LIFE)
    same = _SAME_TITLE if hit.exact else 1.0
    usable = 1.25 if hit.usable else 1.0
    return hit.relevance * hit.weight * fresh * same * usable


def ordered(hits: Iterable[Hit], *, today: date) -> list[Hit]:
    """Best first; ties by id, so that pages don't overlap."""
    return sorted(hits, key=lambda hit: (tier(hit), -score(hit, today=today), hit.id))
