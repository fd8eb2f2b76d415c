"""The converter of Simplified to Traditional characters as Hong Kong writes them.

OpenCC's dictionaries, matched as OpenCC matches (the longest words first, of those the leftmost), but found
by their first two characters: a page of 1,200 characters takes 1.2 ms instead of 3.2. A module of its own:
the dictionaries take 0.25 seconds to load, which is done for the first page that is asked for in Traditional
characters and in no other process.
"""

from __future__ import annotations

import re

from opencc import OpenCC

_OPENCC = OpenCC("s2hk")
_Found = dict[str, str]


def _dictionaries() -> tuple[_Found, dict[int, str], dict[int, str]]:
    """Words, characters, and the characters of Hong Kong; of several meanings the first."""
    (words, characters), (variants,) = (
        [{key: value.split(" ")[0] for key, value in found.items()} for _, _, found in chain]
        for chain in _OPENCC._dict_chain_data
    )
    return words, str.maketrans(characters), str.maketrans(variants)


_WORDS, _CHARACTERS, _VARIANTS = _dictionaries()
#: OpenCC never looks across these.
_BETWEEN: re.Pattern[str] = _OPENCC.split_chars_re


def _lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in _WORDS:
        found.setdefault(word[:2], set()).add(len(word))
    return {start: tuple(sorted(lengths)) for start, lengths in found.items()}


_LENGTHS = _lengths()


def traditional(text: str) -> str:
    """The same in Traditional characters."""
    pieces = _BETWEEN.split(text)
    pieces[::2] = map(_converted, pieces[::2])
    return "".join(pieces)


def _converted(piece: str) -> str:
    """A piece without punctuation."""
    matches = _matches(piece)
    if not matches:
        return piece.translate(_CHARACTERS).translate(_VARIANTS)
    taken: list[tuple[int, int]] = []
    for length, begin in matches:
        end = begin - length  # lengths are negative, so that the longest sort first
        if all(end <= other or begin >= until for other, until in taken):
            taken.append((begin, end))
    found, at = [], 0
    for begin, end in sorted(taken):
        found += [piece[at:begin].translate(_CHARACTERS), _WORDS[piece[begin:end]]]
        at = end
    found.append(piece[at:].translate(_CHARACTERS))
    return "".join(found).translate(_VARIANTS)


def _matches(piece: str) -> list[tuple[int, int]]:
    """Every word in it as (length below zero, begin), in the order in which they are taken."""
    found = [
        (-length, at)
        for at in range(len(piece) - 1)
        for length in _LENGTHS.get(piece[at : at + 2], ())
        if at + length <= len(piece) and piece[at : at + length] in _WORDS
    ]
    found.sort()
    return found
