"""Numbers of people in a text, each found once, and texts with those numbers masked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from yiwang.portal.publishing.contracts import Rule
from yiwang.portal.publishing.rules.bank_cards import bank_cards
from yiwang.portal.publishing.rules.folding import Folded, fold
from yiwang.portal.publishing.rules.identity_numbers import identity_numbers
from yiwang.portal.publishing.rules.mobile_numbers import mobile_numbers
from yiwang.portal.publishing.rules.numbers import Candidate
from yiwang.portal.publishing.rules.reading import Hit, ReadPage

_FIRST_SHOWN = 3
_LAST_SHOWN = 2


def personal_numbers(page: ReadPage, on: date, published: Collection[str]) -> Iterator[Hit]:
    """Identity, card and mobile numbers of a page; those that offices have published may stand."""
    for reading in page.readings:
        for rule, found in numbers_in(reading.folded.text, on):
            if rule is not Rule.MOBILE_NUMBER or found.number not in published:
                yield Hit(rule=rule, reading=reading, start=found.start, end=found.end)


def numbers_in(text: str, on: date) -> list[tuple[Rule, Candidate]]:
    """Numbers of people in a folded text; what is an identity number is nothing else, then cards."""
    taken = [(Rule.IDENTITY_NUMBER, found) for found in identity_numbers(text, on)]
    for rule, more in ((Rule.BANK_CARD, bank_cards(text)), (Rule.MOBILE_NUMBER, mobile_numbers(text))):
        for found in more:
            if not any(found.overlaps(one) for _, one in taken):
                taken.append((rule, found))
    return taken


def masked(text: str, on: date, folded: Folded | None = None) -> str:
    """The text, as long as before, with stars over all but the first three and last two signs of numbers."""
    plain = folded or fold(text)
    signs = list(text)
    for _, found in numbers_in(plain.text, on):
        places = [place for place in range(found.start, found.end) if plain.text[place].isalnum()]
        for place in places[_FIRST_SHOWN:-_LAST_SHOWN]:
            signs[plain.at[place]] = "*"
    return "".join(signs)
