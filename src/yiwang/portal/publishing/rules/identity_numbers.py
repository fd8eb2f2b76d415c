"""Resident identity numbers (GB 11643-1999, 18 characters) that must not stand on a page.

Only well-formed numbers are found: province, birth and check character fit. The numbers of 15 digits that
ended on 1 January 2013 carry no check character and are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yiwang.kernel.codes import check_resident_id
from yiwang.portal.publishing.rules.numbers import Candidate, candidates


def identity_numbers(text: str, on: date) -> Iterator[Candidate]:
    """Identity numbers of people born up to ``on`` in a folded text, from left to right."""
    behind = 0
    for found in candidates(text, 18, last="x"):
        if found.start >= behind and check_resident_id(found.number.upper(), on=on) is None:
            behind = found.end
            yield found
