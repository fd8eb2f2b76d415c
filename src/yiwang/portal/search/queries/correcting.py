"""What somebody may have meant who found nothing; only what finds something for this reader is proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import LiteralString

from yiwang.platform import sql
from yiwang.portal.search.models import CharacterSound
from yiwang.portal.search.queries.hits import BY_INDEX, MILLISECONDS, hits_of
from yiwang.portal.search.rules.asking import Asked, query_of, understood
from yiwang.portal.search.rules.correcting import Known, corrections, windows
from yiwang.portal.search.vocabularies import vocabulary

_MOST_TRIED = 4
_MOST_WORDS = 200
_SHARING: LiteralString = (
    "SELECT word, sound, forms FROM search_knownword WHERE forms && %s::varchar[] LIMIT %s"
)


def meant_by(asked: Asked, readers: Collection[str]) -> str:
    """The query with one piece put right; empty where nothing near finds anything.

    Raises:
        TimeLimitReached: looking took too long.
    """
    characters = {sign for sign in asked.text if not sign.isascii()}
    sounds = dict(CharacterSound.objects.filter(character__in=characters).values_list("character", "sounds"))
    places = windows(asked.text, sounds)
    forms = sorted({form for window in places for form in window.forms})
    for meant in corrections(asked.text, places, _known(forms), most=_MOST_TRIED):
        again = understood(meant, vocabulary())
        if hits_of(query_of(again), again.text, readers):
            return meant
    return ""


def _known(forms: Sequence[str]) -> list[Known]:
    """Words that share a form; in the index's order, since any other has the planner read the whole table."""
    if not forms:
        return []
    _, rows = sql.fetch_within(MILLISECONDS, [(BY_INDEX, ()), (_SHARING, [list(forms), _MOST_WORDS])])
    return [
        Known(word=str(word), sound=str(sound), forms=frozenset(map(str, shared)))
        for word, sound, shared in rows
        if isinstance(shared, list)
    ]
