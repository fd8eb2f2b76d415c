"""The present row of an entry as commands need it: locked, without its values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

from yiwang.registers.contracts import EntryChanged, EntryNotFound, KnownEarlier
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import row


@dataclass(frozen=True, slots=True)
class Present:
    """Where an entry stands."""

    source: str
    version: int
    valid_from: date
    known_from: datetime


def locked(definition: RegisterDefinition, entry: int, *, version: int, at: datetime) -> Present:
    """Lock an entry and see that it is the expected version.

    Raises:
        EntryNotFound: there is none now.
        EntryChanged: it has another version.
        KnownEarlier: ``at`` lies before the present version was known.
    """
    statement = sql.SQL(
        "SELECT _source, _version, _valid_from, _known_from FROM {} WHERE _entry = %(entry)s FOR UPDATE"
    ).format(table(definition.code))
    found = row(statement, {"entry": entry})
    if found is None:
        raise EntryNotFound(register=definition.code)
    present = Present(*found)
    if present.version != version:
        raise EntryChanged(entry=entry)
    if present.known_from > at:
        raise KnownEarlier(entry=entry)
    return present
