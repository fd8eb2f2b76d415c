"""Fields that the database works out while it writes an entry: a number against another entry's limit."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.registers.care import Share
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.staged import typed

_SHARE = sql.SQL("(SELECT round(100 * {value} / nullif({limit}, 0), 1) {found})")
_STATE = sql.SQL(
    "(SELECT CASE WHEN {value} > {limit} THEN {above} WHEN {value} <= {limit} THEN {within} END {found})"
)
_FOUND = sql.SQL("FROM {table} q WHERE q.{key} = {of}")


def worked_out(
    definition: RegisterDefinition, fields: Sequence[FieldDefinition]
) -> dict[str, sql.Composable]:
    """Columns and what goes into them; fields that are not written now are read from the row ``old``."""
    given = {field.name: typed(field) for field in fields}
    found: dict[str, sql.Composable] = {}
    for each in definition.shares:
        found |= _of(definition, each, given)
    return found


def _of(
    definition: RegisterDefinition, share: Share, given: dict[str, sql.Composed]
) -> dict[str, sql.Composable]:
    other = get_register(definition.get(share.of).register_code or "")
    within, above = (each.code for each in definition.get(share.state).codes)
    of = given.get(share.of) or sql.Identifier("old", share.of)
    parts: dict[str, sql.Composable] = {
        "value": given.get(share.value) or sql.Identifier("old", share.value),
        "limit": sql.Identifier("q", share.limit),
        "found": _FOUND.format(table=table(other.code), key=sql.Identifier(other.key), of=of),
    }
    return {
        share.field: _SHARE.format(**parts),
        share.state: _STATE.format(**parts, within=sql.Literal(within), above=sql.Literal(above)),
    }
