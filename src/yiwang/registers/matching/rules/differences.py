"""What departments' lists disagree on about one firm, and whose work each difference is.

Nothing here says who is right: a difference is a question to the department whose list differs, which answers
it (true, not so, put right).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What being on a list means."""

    LICENCE = "licence"
    CODES = "codes"
    TAX = "tax"
    STATISTICS = "statistics"
    INSURANCE = "insurance"
    TRADE = "trade"


class Kind(StrEnum):
    """Kinds of differences."""

    NO_TAX = "no_tax"
    ENDED_BUT_GOING_ON = "ended_but_going_on"
    NO_LICENCE = "no_licence"
    NOT_COUNTED = "not_counted"
    CODE_OF_ANOTHER = "code_of_another"
    TWO_CODES = "two_codes"
    LISTED_TWICE = "listed_twice"
    OTHER_NAME = "other_name"
    OTHER_REPRESENTATIVE = "other_representative"
    OTHER_ADDRESS = "other_address"


class Row(NamedTuple):
    """A row of a list in the forms in which it is compared; nothing is an empty text."""

    list: str
    key: str
    signs: str
    is_sound: bool
    core: str
    person: str
    house: str
    status: str
    paid: Decimal


class Difference(NamedTuple):
    """A difference, for the department that keeps ``list``.

    ``key`` is its row, empty where it has none; ``other_list`` and ``other_key`` are the row it differs from,
    empty where there is none. These five stay the same from run to run, as long as the difference does.
    """

    kind: Kind
    list: str
    key: str
    other_list: str = ""
    other_key: str = ""


_ENDED = frozenset({"revoked", "cancelled"})
#: Kinds that say a row is missing.
ABSENCES = frozenset({Kind.NO_TAX, Kind.NO_LICENCE, Kind.NOT_COUNTED})
#: Tax registration within 30 days of the licence (Tax Collection Law, article 15).
_MUST_HAVE = ((Role.TAX, Kind.NO_TAX), (Role.STATISTICS, Kind.NOT_COUNTED))


def differences(rows: Sequence[Row], roles: Mapping[str, Role]) -> Iterator[Difference]:
    """Differences among the rows of one firm; ``roles`` names all lists that were sent."""
    licences = [row for row in rows if roles[row.list] is Role.LICENCE]
    standing = next((row for row in licences if row.status not in _ENDED), None)
    yield from _twice(rows)
    yield from _codes(rows, standing)
    if standing is not None:
        yield from _missing(rows, standing, roles)
        for row in rows:
            if roles[row.list] is not Role.LICENCE and row.status not in _ENDED:
                yield from _changed(row, standing)
        return
    if not any(role is Role.LICENCE for role in roles.values()):
        return
    for row in rows:
        goes_on = row.status not in _ENDED or row.paid > 0
        if not goes_on or roles[row.list] is Role.LICENCE:
            continue
        if licences:
            ended = licences[0]
            yield Difference(Kind.ENDED_BUT_GOING_ON, row.list, row.key, ended.list, ended.key)
        elif roles[row.list] is not Role.CODES:
            keeper = next(name for name, role in roles.items() if role is Role.LICENCE)
            yield Difference(Kind.NO_LICENCE, keeper, "", row.list, row.key)


def _missing(rows: Sequence[Row], standing: Row, roles: Mapping[str, Role]) -> Iterator[Difference]:
    if standing.status != "active":
        return
    there = {row.list for row in rows}
    for name, role in roles.items():
        for needed, kind in _MUST_HAVE:
            if role is needed and name not in there:
                yield Difference(kind, name, "", standing.list, standing.key)


def _twice(rows: Sequence[Row]) -> Iterator[Difference]:
    first: dict[str, Row] = {}
    for row in rows:
        if row.list in first:
            yield Difference(Kind.LISTED_TWICE, row.list, row.key, row.list, first[row.list].key)
        else:
            first[row.list] = row


def _codes(rows: Sequence[Row], standing: Row | None) -> Iterator[Difference]:
    """A firm has one unified code: the licence's, where it has one."""
    sound = [row for row in rows if row.is_sound]
    right = standing if standing is not None and standing.is_sound else (sound[0] if sound else None)
    if right is None:
        return
    for row in sound:
        if row.signs != right.signs:
            yield Difference(Kind.TWO_CODES, row.list, row.key, right.list, right.key)


def _changed(row: Row, standing: Row) -> Iterator[Difference]:
    """Changes are registered with the licence first, so the others are behind (or it was never told)."""
    pairs = (
        (Kind.OTHER_NAME, row.core, standing.core),
        (Kind.OTHER_REPRESENTATIVE, row.person, standing.person),
        (Kind.OTHER_ADDRESS, row.house, standing.house),
    )
    for kind, ours, theirs in pairs:
        if ours and theirs and ours != theirs:
            yield Difference(kind, row.list, row.key, standing.list, standing.key)
