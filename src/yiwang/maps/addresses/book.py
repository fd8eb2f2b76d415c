"""The book of standard addresses that forms ask, from the index of addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

from django.urls import reverse

from yiwang.maps.addresses.contracts import ADDRESSES, LONGEST_TEXT, NAMES, Found
from yiwang.maps.addresses.models import Door
from yiwang.maps.addresses.queries.finding import find_addresses, read_address
from yiwang.maps.addresses.queries.names import gazetteer
from yiwang.platform import sql
from yiwang.registers.api import BookAddress

_OF_CODE: LiteralString = """
SELECT code, "full", division, ST_X(point), ST_Y(point) FROM addresses_door
WHERE code = %(code)s AND status <> 'ended'
"""
_MOST = 4


class IndexBook:
    """Answers from the index; while that is empty, nothing is asked of anybody."""

    def suggesting(self) -> str:
        """The door of suggestions."""
        return reverse("rest:suggest_addresses") if _has_doors() else ""

    def find(self, text: str, *, division: str = "") -> tuple[BookAddress, ...] | None:
        """The likeliest addresses; ``division`` is read before a text that names no district of its own."""
        found = self.find_all([(text, division)], most=_MOST)
        return found[0] if found is not None else None

    def find_all(
        self, asked: Sequence[tuple[str, str]], *, most: int
    ) -> list[tuple[BookAddress, ...]] | None:
        """The same for many texts at once."""
        if not _has_doors():
            return None
        wholes = [_whole(text, division)[:LONGEST_TEXT] for text, division in asked]
        return [
            tuple(_in_book(each) for each in found if each.status != "ended")
            for found in find_addresses(wholes, most=most)
        ]

    def made_of(self) -> frozenset[str]:
        """Addresses and their other names."""
        return frozenset({ADDRESSES, NAMES})

    def of_code(self, code: str) -> BookAddress | None:
        """One address of the index."""
        rows = sql.fetch(_OF_CODE, {"code": code})
        for found, full, division, east, north in rows:
            return BookAddress(
                code=str(found),
                full=str(full),
                division=str(division),
                longitude=None if east is None else float(str(east)),
                latitude=None if north is None else float(str(north)),
            )
        return None


def _whole(text: str, division: str) -> str:
    """The text behind what its division says, unless it names a district of its own."""
    return text if not text or read_address(text).address.district else _above(division) + text


def _in_book(found: Found) -> BookAddress:
    return BookAddress(
        code=found.code,
        full=found.full,
        division=found.division,
        longitude=found.longitude,
        latitude=found.latitude,
        confidence=found.confidence,
        reasons=tuple(reason.text for reason in found.reasons),
    )


def _above(division: str) -> str:
    """Names of a division as an address begins with them; empty where it is not known."""
    names = gazetteer().names_of(division) if division else {}
    return "".join(names.get(level, "") for level in ("district", "street", "community"))


def _has_doors() -> bool:
    return Door.objects.exists()
