"""Rows as JSON, made and masked by the database."""

from __future__ import annotations

import json
from collections.abc import Mapping

from psycopg import sql

from yiwang.registers.contracts import Seen
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables.columns import all_columns, filled, history, names, table
from yiwang.registers.tables.sealing import plain
from yiwang.registers.tables.versions import so_on

View = Mapping[str, Seen]


def shown(
    definition: RegisterDefinition, field: FieldDefinition, seen: Seen, alias: str = "t"
) -> sql.Composed:
    """The expression of a field as this reader sees it; what he doesn't see is not decrypted."""
    return said(field, plain(definition, field.name, alias), seen)


def said(field: FieldDefinition, column: sql.Composable, seen: Seen) -> sql.Composed:
    """The same of a typed value that is at hand."""
    rule = RULES[field.kind]
    if seen is Seen.CLEAR:
        return filled(rule.shown, column)
    if seen is Seen.HINT:
        return filled(rule.hint, column)
    return sql.SQL("NULL").format()


def values(definition: RegisterDefinition, view: View, alias: str = "t") -> sql.Composed:
    """``{"name": ..., ...}``: a row as JSON (``row_to_json``: a function takes 100 arguments at most)."""
    return sql.SQL("(SELECT row_to_json(v) FROM {})").format(_cells(definition, view, alias))


def _cells(definition: RegisterDefinition, view: View, alias: str = "t") -> sql.Composed:
    cells = sql.SQL(", ").join(
        sql.SQL("{} AS {}").format(
            shown(definition, field, view[field.name], alias), sql.Identifier(field.name)
        )
        for field in definition.fields
    )
    return sql.SQL("(SELECT {}) v").format(cells)


def masked(view: View) -> tuple[str, ...]:
    """Names of fields that the reader doesn't see whole."""
    return tuple(name for name, seen in view.items() if seen is not Seen.CLEAR)


def entry(definition: RegisterDefinition, view: View) -> sql.Composed:
    """The JSON object of an entry of ``t``."""
    return sql.SQL(
        "json_build_object('entry', t._entry, 'version', t._version, 'source', t._source, "
        "'valid_from', t._valid_from, 'known_from', t._known_from, "
        "'values', {values}, 'masked', {masked}::json)"
    ).format(values=values(definition, view), masked=sql.Literal(json.dumps(masked(view))))


def entries(definition: RegisterDefinition, view: View, source: sql.Composable) -> sql.Composed:
    """JSON list, number and last entry of the rows of ``source``, which bears a name of its own.

    The same objects as ``entry`` gives; one record of a subquery costs a sixth less than a function of pairs.
    """
    return sql.SQL(
        "SELECT coalesce(json_agg(e ORDER BY e.entry), '[]')::text AS body, count(*) AS size, "
        "max(e.entry) AS last FROM (SELECT t._entry AS entry, t._version AS version, t._source AS source, "
        "t._valid_from AS valid_from, t._known_from AS known_from, "
        "(SELECT v FROM {cells}) AS values, {masked}::json AS masked FROM {source}) e"
    ).format(cells=_cells(definition, view), masked=sql.Literal(json.dumps(masked(view))), source=source)


def present(definition: RegisterDefinition) -> sql.Composed:
    """What is so now, as known now."""
    return sql.SQL("{}").format(table(definition.code))


def as_of(definition: RegisterDefinition) -> sql.Composed:
    """What was so on ``%(valid)s`` as the city knew it at ``%(known)s``."""
    return so_on(definition.code, all_columns(definition))


def one_present(definition: RegisterDefinition, column: str, wanted: sql.Composable) -> sql.Composed:
    """``t``: the present row whose ``column``, the key or ``_entry``, is ``wanted``."""
    return sql.SQL("{} t WHERE t.{} = {}").format(present(definition), sql.Identifier(column), wanted)


def one_as_of(definition: RegisterDefinition, column: str, wanted: sql.Composable) -> sql.Composed:
    """``t``: the one row of :func:`as_of` whose ``column`` is ``wanted``.

    Three places, one after the other until it is found: versions of which the end that they have by now is
    after the day, the present row, and versions that were believed then. A version ends on a day or is no
    longer believed, never both; so the first and the last are together what ``as_of`` takes of the history,
    and the index of the key alone decides (see ``making.index_history``): as many pages as a present look-up.
    """
    return sql.SQL(
        "(SELECT {columns} FROM {history} WHERE {own} AND {begun} "
        "AND %(valid)s < _valid_to AND _valid_to < 'infinity' AND %(known)s < _known_to "
        "UNION ALL SELECT {columns} FROM {table} WHERE {own} AND {begun} "
        "UNION ALL SELECT {columns} FROM {history} WHERE {own} AND {begun} "
        "AND %(known)s < least(_ended_at, _known_to) LIMIT 1) t WHERE TRUE"
    ).format(
        columns=names(all_columns(definition)),
        history=history(definition.code),
        table=table(definition.code),
        own=sql.SQL("{} = {}").format(sql.Identifier(column), wanted),
        begun=sql.SQL("_valid_from <= %(valid)s AND _known_from <= %(known)s"),
    )
