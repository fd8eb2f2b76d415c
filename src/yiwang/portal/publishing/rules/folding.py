"""Texts without their disguises, each sign with its place: full-width, zero-width, spaced, Traditional."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# Signs that people put between those of a word so that a list does not find it; no marks of sentences,
# over which words would grow together.
_BETWEEN = frozenset("*-_·•.~|+=#/\\^'`")
_UNSEEN = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Folded:
    """``text[i]`` comes from the original at ``at[i]``."""

    text: str
    at: tuple[int, ...]


def fold(text: str, *, traditional: Mapping[str, str] | None = None) -> Folded:
    """Full-width and other forms become plain (NFKC), capitals small, what is not seen goes.

    ``traditional`` gives the Simplified sign of a Traditional one. Line feeds stay.
    """
    simplify = traditional or {}
    return _mapped(text, lambda sign: "".join(simplify.get(one, one) for one in _plain(sign)))


def squeeze(folded: Folded) -> Folded:
    """Without the spaces and signs that may stand between the signs of one word; line feeds stay."""
    kept = [place for place, sign in enumerate(folded.text) if not _is_between(sign)]
    return Folded("".join(folded.text[place] for place in kept), tuple(folded.at[place] for place in kept))


def _mapped(text: str, change: Callable[[str], str]) -> Folded:
    signs: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        for one in change(sign):
            signs.append(one)
            at.append(place)
    return Folded("".join(signs), tuple(at))


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    if unicodedata.category(sign) in _UNSEEN:
        return ""
    return "".join(
        one for one in unicodedata.normalize("NFKC", sign).lower() if unicodedata.category(one) not in _UNSEEN
    )


def _is_between(sign: str) -> bool:
    return sign != "\n" and (sign.isspace() or sign in _BETWEEN)
