"""The present row of an entry as commands need it: locked, without its values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from psycopg import sql

from yiwang.registers.contracts import EntryChanged, EntryNotFound, KnownEarlier
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.rules.field_kinds import key_as_kept
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import row


@dataclass(frozen=True, slots=True)
class Present:
    """Where an entry stands."""

    source: str
    version: int
    valid_from: date
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that is so now."""

    entry: int
    version: int
    known_from: datetime


def find_standing(register: str, *, entry: int | None = None, key: str = "") -> Standing | None:
    """Lock an entry by its number or else its key, for an engine that follows it; None if there is none now.

    Raises:
        RegisterNotFound: there is no such register.
    """
    definition = get_register(register)
    field = definition.key_field
    column = field.name if entry is None else "_entry"
    statement = sql.SQL(
        "SELECT _entry, _version, _known_from FROM {} WHERE {} = %(wanted)s FOR UPDATE"
    ).format(table(definition.code), sql.Identifier(column))
    wanted = key_as_kept(field, key) if entry is None else entry
    found = row(statement, {"wanted": wanted})
    return None if found is None else Standing(*found)


def find_present(definition: RegisterDefinition, entry: int) -> Present | None:
    """Lock an entry whatever its version; None if it ended."""
    statement = sql.SQL(
        "SELECT _source, _version, _valid_from, _known_from FROM {} WHERE _entry = %(entry)s FOR UPDATE"
    ).format(table(definition.code))
    found = row(statement, {"entry": entry})
    return None if found is None else Present(*found)


def locked(definition: RegisterDefinition, entry: int, *, version: int, at: datetime) -> Present:
    """Lock an entry and see that it is the expected version.

    Raises:
        EntryNotFound: there is none now.
        EntryChanged: it has another version.
        KnownEarlier: ``at`` lies before the present version was known.
    """
    present = find_present(definition, entry)
    if present is None:
        raise EntryNotFound(register=definition.code)
    if present.version != version:
        raise EntryChanged(entry=entry)
    if present.known_from > at:
        raise KnownEarlier(entry=entry)
    return present
