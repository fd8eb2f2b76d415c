"""What somebody may have meant: words of the index that sound alike, or differ by one sign. Pure.

A word is kept under forms: how it sounds, and what is left of it without one sign (Garbe's symmetric
deletes, 2012), so that one lookup finds what differs by a sign put in, left out, changed, or swapped.
Sounds are compared loosely, as the south says them: zh as z, ng as n, l as n.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yiwang.portal.search.rules.words import is_han, runs

#: Of a query so many signs are looked at; windows are as long as words are.
_MOST_SIGNS = 16
_LONGEST_WINDOW = 8
#: Two characters that differ in one have nothing in common but the other.
_SHORTEST_HAN, _SHORTEST_LATIN = 3, 5
_LONGEST_LATIN = 30
_MOST_READINGS = 4
_ALIKE = ((re.compile("([zcs])h"), r"\1"), (re.compile("ng(?![aeiouv])"), "n"), (re.compile("l"), "n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A piece of a query, from ``start`` on, with the forms under which its right word may be kept."""

    start: int
    text: str
    forms: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A word of the index with its pinyin; the pinyin of a Latin word is itself."""

    word: str
    sound: str
    forms: frozenset[str]


def loosely(sound: str) -> str:
    """A sound with what people mix up made equal.

    >>> loosely("zhengzhao"), loosely("zenzao")
    ('zenzao', 'zenzao')
    """
    for pattern, alike in _ALIKE:
        sound = pattern.sub(alike, sound)
    return sound


def forms_of(word: str, sound: str) -> tuple[str, ...]:
    """Under what a word of the index is kept.

    >>> forms_of("护照", "huzhao")
    ('~huzao', 'huzhao', 'uzhao', 'hzhao', 'huhao', 'huzao', 'huzho', 'huzha')
    """
    found = [f"~{loosely(sound)}"] if is_han(word) else []
    if is_han(word) and len(word) >= _SHORTEST_HAN:
        found += _less_one(word)
    if _SHORTEST_LATIN <= len(sound) <= _LONGEST_LATIN:
        found += _less_one(sound)
    return tuple(dict.fromkeys(found))


def windows(text: str, sounds: Mapping[str, Sequence[str]]) -> list[Window]:
    """Pieces of a folded query that may be wrong; ``sounds`` are the readings of its characters."""
    found: list[Window] = []
    for run, at in runs(text[:_MOST_SIGNS] if is_han(text) else text[: 2 * _LONGEST_LATIN]):
        if not is_han(run):
            found.append(Window(start=at, text=run, forms=_latin_forms(run)))
            continue
        for start, length in itertools.product(range(len(run)), range(2, _LONGEST_WINDOW + 1)):
            piece = run[start : start + length]
            if len(piece) == length:
                found.append(Window(start=at + start, text=piece, forms=_han_forms(piece, sounds)))
    return [window for window in found if window.forms]


def corrections(text: str, asked: Iterable[Window], known: Iterable[Known], *, most: int) -> list[str]:
    """The query with one piece put right, the likeliest first: the longest piece, then the same sound."""
    found: dict[str, tuple[int, int, str]] = {}
    places = list(asked)
    for word, window in itertools.product(known, places):
        shared = word.forms & window.forms
        if not shared or word.word == window.text:
            continue
        end = window.start + len(window.text)
        meant = text[: window.start] + word.word + text[end:]
        same_sound = any(form.startswith("~") for form in shared)
        standing = (-len(window.text), 0 if same_sound else 1, word.word)
        found[meant] = min(standing, found.get(meant, standing))
    best = sorted(found, key=lambda meant: found[meant])
    return [meant for meant in best if meant != text][:most]


def _less_one(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _latin_forms(word: str) -> frozenset[str]:
    if not _SHORTEST_LATIN <= len(word) <= _LONGEST_LATIN:
        return frozenset()
    return frozenset([f"~{loosely(word)}", *_less_one(word)])


def _han_forms(piece: str, sounds: Mapping[str, Sequence[str]]) -> frozenset[str]:
    readings = [sounds.get(sign, ()) for sign in piece]
    said = itertools.islice(itertools.product(*readings), _MOST_READINGS)
    found = {f"~{loosely(''.join(syllables))}" for syllables in said}
    return frozenset(found | set(_less_one(piece) if len(piece) >= _SHORTEST_HAN else ()))
