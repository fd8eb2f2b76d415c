"""Who refers to an entry: the reference fields of all registers, whoever owns them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from yiwang.registers.definitions import FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.queries.definitions import list_registers
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import row, rows


@dataclass(frozen=True, slots=True)
class Referrer:
    """A present entry whose field holds the key."""

    register: RegisterDefinition
    field: FieldDefinition
    entry: int
    version: int


def key_of(definition: RegisterDefinition, entry: int) -> str | None:
    """The key of a present entry."""
    statement = sql.SQL("SELECT {}::text FROM {} WHERE _entry = %(entry)s").format(
        sql.Identifier(definition.key), table(definition.code)
    )
    found = row(statement, {"entry": entry})
    return None if found is None else found[0]


def reference_fields(register: str) -> Iterator[tuple[RegisterDefinition, FieldDefinition]]:
    """Every field of every open register that refers to entries of this one."""
    for definition in list_registers():
        for field in definition.fields:
            if field.kind is FieldKind.REFERENCE and field.register_code == register:
                yield definition, field


def leading_fields(register: str) -> Iterator[tuple[RegisterDefinition, FieldDefinition]]:
    """Every reference or link of every open register that leads to entries of this one."""
    for definition in list_registers():
        for field in definition.fields:
            if definition.leads_to(field.name) == register:
                yield definition, field


def referrers(
    definition: RegisterDefinition, field: FieldDefinition, key: str, *, most: int, lock: bool = False
) -> list[Referrer]:
    """Entries whose field holds a key, in the order of their numbers."""
    statement = sql.SQL(
        "SELECT _entry, _version FROM {} WHERE {} = %(key)s ORDER BY _entry LIMIT {}{}"
    ).format(
        table(definition.code),
        sql.Identifier(field.name),
        sql.Literal(most),
        sql.SQL(" FOR UPDATE") if lock else sql.SQL(""),
    )
    return [Referrer(definition, field, entry, version) for entry, version in rows(statement, {"key": key})]
