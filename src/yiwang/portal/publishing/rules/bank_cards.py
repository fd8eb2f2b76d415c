"""Numbers of bank cards: 16 to 19 digits that begin with 3 to 6 and fit the check digit (ISO/IEC 7812, Luhn).

One long number in ten fits by chance; one tied to other digits (a project's number) is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.portal.publishing.rules.numbers import Candidate, candidates, is_tied

_LENGTHS = (19, 18, 17, 16)


def bank_cards(text: str) -> Iterator[Candidate]:
    """Numbers in a folded text that could be those of cards, longer ones first; none overlap."""
    taken: list[Candidate] = []
    for length in _LENGTHS:
        for found in candidates(text, length):
            if found.number[0] not in "3456" or is_tied(text, found) or not fits_luhn(found.number):
                continue
            if not any(found.overlaps(one) for one in taken):
                taken.append(found)
    yield from taken


def fits_luhn(number: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
