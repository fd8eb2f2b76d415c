"""What somebody may have meant who found nothing; only what finds something for this reader is proposed."""

from __future__ import annotations

from collections.abc import Collection

from yiwang.portal.search.models import CharacterSound, KnownWord
from yiwang.portal.search.queries.hits import hits_of
from yiwang.portal.search.rules.asking import Asked, query_of, understood
from yiwang.portal.search.rules.correcting import Known, corrections, windows
from yiwang.portal.search.vocabularies import vocabulary

_MOST_TRIED = 4
_MOST_WORDS = 200


def meant_by(asked: Asked, readers: Collection[str]) -> str:
    """The query with one piece put right; empty where nothing near finds anything.

    Raises:
        TimeLimitReached: looking took too long.
    """
    characters = {sign for sign in asked.text if not sign.isascii()}
    sounds = dict(CharacterSound.objects.filter(character__in=characters).values_list("character", "sounds"))
    places = windows(asked.text, sounds)
    forms = sorted({form for window in places for form in window.forms})
    rows = KnownWord.objects.filter(forms__overlap=forms).order_by("pk")[:_MOST_WORDS] if forms else ()
    known = [Known(word=row.word, sound=row.sound, forms=frozenset(row.forms)) for row in rows]
    for meant in corrections(asked.text, places, known, most=_MOST_TRIED):
        again = understood(meant, vocabulary())
        if hits_of(query_of(again), again.text, readers):
            return meant
    return ""
