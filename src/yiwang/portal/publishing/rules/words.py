"""Mistyped and sensitive words, also spaced, full-width or with unseen signs; sensitive also Traditional."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from yiwang.portal.publishing.contracts import Rule
from yiwang.portal.publishing.definitions import WordLists
from yiwang.portal.publishing.rules.folding import Folded, fold, squeeze
from yiwang.portal.publishing.rules.reading import Hit, Reading, ReadPage


def mistyped_words(page: ReadPage, lists: WordLists) -> Iterator[Hit]:
    """Words that are nearly always slips. Traditional texts keep their own spelling: nothing is folded."""
    for reading in page.readings:
        plain = reading.folded
        squeezed = squeeze(plain)
        for word in lists.mistyped:
            for start, end in _places(plain, squeezed, word.wrong, word.unless, {}):
                values = (("wrong", word.wrong), ("right", word.right))
                yield Hit(rule=Rule.MISTYPED_WORD, reading=reading, start=start, end=end, values=values)


def sensitive_words(page: ReadPage, lists: WordLists) -> Iterator[Hit]:
    """Words that do not stand on a page of a government."""
    simplify = {sign: plain for plain, signs in lists.traditional.items() for sign in signs}
    for reading in page.readings:
        yield from _sensitive_in(reading, lists, simplify)


def _sensitive_in(reading: Reading, lists: WordLists, simplify: Mapping[str, str]) -> Iterator[Hit]:
    plain = Folded("".join(simplify.get(sign, sign) for sign in reading.folded.text), reading.folded.at)
    squeezed = squeeze(plain)
    for word in lists.sensitive:
        for start, end in _places(plain, squeezed, word.word, word.unless, simplify):
            yield Hit(
                rule=Rule.SENSITIVE_WORD,
                reading=reading,
                start=start,
                end=end,
                variant="instead" if word.instead else "",
                values=(("word", word.word), ("instead", word.instead), ("reason", word.reason)),
                severity=word.severity,
            )


def _places(
    plain: Folded, squeezed: Folded, word: str, unless: Sequence[str], simplify: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Where a word stands in the folded text, but where it is a part of one of ``unless``."""
    wanted = fold(word, traditional=simplify)
    # Latin words are parted by spaces: squeezed together, any two could make a third.
    is_latin = wanted.text.isascii()
    text, sought = (plain, wanted.text) if is_latin else (squeezed, squeeze(wanted).text)
    if not sought:
        return
    excused: list[tuple[int, int]] | None = None
    for start in _starts(text.text, sought):
        end = start + len(sought)
        if is_latin and _touches_letters(text.text, start, end):
            continue
        if excused is None:
            longer = [squeeze(fold(one, traditional=simplify)).text for one in unless]
            excused = [(at, at + len(one)) for one in longer if one for at in _starts(text.text, one)]
        if any(first <= start and end <= last for first, last in excused):
            continue
        if is_latin:
            yield start, end
        else:
            yield _in_plain(plain, squeezed, start), _in_plain(plain, squeezed, end - 1) + 1


def _starts(text: str, sought: str) -> Iterator[int]:
    place = text.find(sought)
    while place >= 0:
        yield place
        place = text.find(sought, place + 1)


def _touches_letters(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isascii() and text[start - 1].isalnum()) or (
        end < len(text) and text[end].isascii() and text[end].isalnum()
    )


def _in_plain(plain: Folded, squeezed: Folded, place: int) -> int:
    """The place in the plain text of a sign of the squeezed one."""
    return bisect_left(plain.at, squeezed.at[place])
