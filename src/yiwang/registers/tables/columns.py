"""Names of tables and columns, and the check of one column."""

from __future__ import annotations

from psycopg import sql

from yiwang.registers.definitions import FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables.sealing import blind_column, has_blind

#: Columns of the current table beside the fields; field names begin with a letter, so they can't collide.
#: ``_basis`` is what a version was written on: a case number, or nothing where an officer wrote by himself.
SYSTEM = (
    "_entry",
    "_version",
    "_source",
    "_district",
    "_valid_from",
    "_known_from",
    "_recorded_by",
    "_basis",
)


def table(code: str) -> sql.Identifier:
    """Current rows of a register."""
    return sql.Identifier("reg", code)


def history(code: str) -> sql.Identifier:
    """Superseded versions of a register."""
    return sql.Identifier("reg", f"{code}_history")


def names(columns: tuple[str, ...] | list[str], alias: str = "") -> sql.Composed:
    """A comma-separated list of columns, each of ``alias`` if given."""
    return sql.SQL(", ").join(
        sql.Identifier(alias, name) if alias else sql.Identifier(name) for name in columns
    )


def filled(template: str, column: sql.Composable, field: FieldDefinition | None = None) -> sql.Composed:
    """Fill a kind's template for a column."""
    if field is not None and field.kind is FieldKind.CODE and "{codes}" in template:
        codes = sql.SQL("ARRAY[{}]").format(sql.SQL(", ").join(sql.Literal(v.code) for v in field.codes))
        return sql.SQL(template).format(c=column, codes=codes)
    return sql.SQL(template).format(c=column)


def bounds(field: FieldDefinition, column: sql.Composable) -> list[sql.Composed]:
    """Conditions of length and size that hold for a typed value."""
    found = []
    if field.longest is not None:
        found.append(sql.SQL("length({}) <= {}").format(column, sql.Literal(field.longest)))
    if field.min is not None:
        found.append(sql.SQL("{} >= {}").format(column, sql.Literal(field.min)))
    if field.max is not None:
        found.append(sql.SQL("{} <= {}").format(column, sql.Literal(field.max)))
    return found


def constraint(field: FieldDefinition) -> sql.Composed | None:
    """The CHECK of a column; None if its type says it all. What lies encrypted can't be judged by it."""
    column = sql.Identifier(field.name)
    if field.encrypted:
        return sql.SQL("{} IS NOT NULL").format(column) if field.required else None
    return condition(field, column)


def condition(field: FieldDefinition, column: sql.Composable) -> sql.Composed | None:
    """What must hold of a typed value."""
    rule = RULES[field.kind]
    found = [filled(rule.check, column, field)] if rule.guards_column else []
    found.extend(bounds(field, column))
    if field.required:
        found.insert(0, sql.SQL("{} IS NOT NULL").format(column))
    return sql.SQL(" AND ").join(found) if found else None


def column_type(field: FieldDefinition) -> sql.SQL:
    """The type of a field's column."""
    if field.encrypted:
        return sql.SQL("bytea")
    return sql.SQL(RULES[field.kind].column)


def all_columns(definition: RegisterDefinition) -> tuple[str, ...]:
    """System and field columns, and the digests of encrypted ones."""
    blinds = (blind_column(field) for field in definition.fields if has_blind(field))
    return (*SYSTEM, *definition.names, *blinds)
