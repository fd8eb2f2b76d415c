"""Mobile numbers of mainland China: eleven digits, the first two 13 to 19."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.portal.publishing.rules.numbers import Candidate, candidates, is_tied

_COUNTRY = ("", "86", "0086")
_DIGITS = 11


def mobile_numbers(text: str) -> Iterator[Candidate]:
    """Mobile numbers in a folded text, from left to right; ``+86`` before one belongs to its place."""
    found = [
        Candidate(one.number[len(prefix) :], one.start, one.end)
        for prefix in _COUNTRY
        for one in candidates(text, len(prefix) + _DIGITS)
        if one.number.startswith(prefix) and _is_mobile(one.number[len(prefix) :]) and not is_tied(text, one)
    ]
    behind = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= behind:
            behind = one.end
            yield one


def _is_mobile(number: str) -> bool:
    return number[0] == "1" and number[1] in "3456789"
