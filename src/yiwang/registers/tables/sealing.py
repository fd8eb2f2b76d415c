"""Fields that lie encrypted, as SQL: what is written, what is read of it, and how equal values are found.

A sealed value is bound to register, field and entry, so that one copied from elsewhere is refused. The keys
are those of the session (``sealing_keys``); see ``sql/sealing.sql`` for the form.
"""

from __future__ import annotations

from psycopg import sql

from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.rules.field_kinds import RULES


def place(code: str, field: FieldDefinition) -> sql.Literal:
    """Where a value belongs; the id outlives a renaming."""
    return sql.Literal(f"{code}/{field.id}")


def sealed(code: str, field: FieldDefinition, value: sql.Composable, entry: sql.Composable) -> sql.Composable:
    """What lies in the column for a typed value of an entry."""
    if not field.encrypted:
        return value
    return sql.SQL("reg.seal(({})::text, {}, {})").format(value, place(code, field), entry)


def plain_of(
    code: str, field: FieldDefinition, column: sql.Composable, entry: sql.Composable
) -> sql.Composable:
    """The typed value of a column."""
    if not field.encrypted:
        return column
    return sql.SQL("(reg.unseal({}, {}, {})::{})").format(
        column, place(code, field), entry, sql.SQL(RULES[field.kind].column)
    )


def plain(definition: RegisterDefinition, name: str, alias: str = "t") -> sql.Composable:
    """The typed value of a field of the row ``alias``, which has ``_entry``."""
    field = definition.get(name)
    column = sql.Identifier(alias, field.name)
    return plain_of(definition.code, field, column, sql.Identifier(alias, "_entry"))


def has_blind(field: FieldDefinition) -> bool:
    """Whether equal values of an encrypted field can be found."""
    return field.encrypted and (field.searchable or field.unique)


def blind_column(field: FieldDefinition) -> str:
    """The column of keyed digests beside an encrypted one."""
    return f"_b{field.id}"


def blind(code: str, field: FieldDefinition, value: sql.Composable) -> sql.Composed:
    """The digest of a typed value."""
    return sql.SQL("reg.blind(({})::text, {})").format(value, place(code, field))


def equal(
    definition: RegisterDefinition, field: FieldDefinition, value: sql.Composable, alias: str = "t"
) -> sql.Composed:
    """Whether the row has a typed value in a field, by its index where there is one."""
    if has_blind(field):
        return sql.SQL("{} = {}").format(
            sql.Identifier(alias, blind_column(field)), blind(definition.code, field, value)
        )
    return sql.SQL("{} = ({})").format(plain(definition, field.name, alias), value)
