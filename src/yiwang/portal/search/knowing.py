"""What the index knows of words and characters, to guess what was meant. The worker's, like the index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version

from yiwang.portal.search.models import CharacterSound, KnownWord, SourceMark
from yiwang.portal.search.rules.correcting import forms_of
from yiwang.portal.search.rules.spelling import readings, words_to_know

#: The name under which the table of characters has its mark; no source has it.
_CHARACTERS = "*characters"
#: First and last bytes of the characters of GB 2312, which is what people type.
_ROWS, _PLACES = range(0xB0, 0xF8), range(0xA1, 0xFF)


def know_words(titles: Iterable[str], *, with_pairs: bool) -> None:
    """Keep the words of a public document's titles."""
    words: dict[str, str] = {}
    for title in titles:
        words |= words_to_know(title, with_pairs=with_pairs)
    rows = [
        KnownWord(word=word, sound=sound, forms=list(forms_of(word, sound)))
        for word, sound in words.items()
        if len(sound) <= 80
    ]
    KnownWord.objects.bulk_create(rows, ignore_conflicts=True)


def know_characters(at: datetime) -> None:
    """Keep how characters are read, once for each version of the table."""
    mark = version("pypinyin")
    if SourceMark.objects.filter(kind=_CHARACTERS, mark=mark).exists():
        return
    rows = [CharacterSound(character=sign, sounds=list(readings(sign))) for sign in _characters()]
    CharacterSound.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["character"], update_fields=["sounds"]
    )
    SourceMark.objects.update_or_create(kind=_CHARACTERS, defaults={"mark": mark, "read_at": at})


def _characters() -> str:
    return b"".join(bytes((row, place)) for row in _ROWS for place in _PLACES).decode("gb2312", "ignore")
