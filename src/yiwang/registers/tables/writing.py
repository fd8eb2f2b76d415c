"""The statements that write entries: each moves the superseded version into the history as it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql

from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.tables.columns import SYSTEM, all_columns, history, names, table
from yiwang.registers.tables.running import Parameter
from yiwang.registers.tables.sealing import blind, blind_column, has_blind, sealed
from yiwang.registers.tables.shares import worked_out
from yiwang.registers.tables.staged import came, typed


def one_row(texts: Mapping[str, str | None]) -> sql.Composed:
    """A staged relation of one row; ``OFFSET 0`` keeps the planner from casting constants too early."""
    cells = [
        sql.SQL("{}::text AS {}").format(sql.Placeholder(f"v_{name}"), sql.Identifier(name)) for name in texts
    ]
    return sql.SQL("(SELECT {} OFFSET 0)").format(sql.SQL(", ").join([sql.SQL("1::bigint AS line"), *cells]))


def row_parameters(texts: Mapping[str, str | None]) -> dict[str, Parameter]:
    """The parameters of :func:`one_row`."""
    return {f"v_{name}": text for name, text in texts.items()}


def _district(definition: RegisterDefinition, fields: Sequence[FieldDefinition]) -> sql.Composable:
    """The county of the district field, by which large tables will be split."""
    field = next((field for field in fields if field.name == definition.district), None)
    return sql.SQL("NULL::text") if field is None else sql.SQL("left({}, 6)").format(came(field))


def insert(
    definition: RegisterDefinition, fields: Sequence[FieldDefinition], relation: sql.Composable
) -> sql.Composed:
    """Enter the rows of a staged relation.

    Parameters: ``source``, ``valid_from``, ``at``, ``by``, ``basis``. Gives one ``_entry`` a row.
    """
    cells = _cells(definition, fields, _NEW) | worked_out(definition, fields)
    entry = sql.SQL("")
    written: tuple[str, ...] = SYSTEM[1:]
    if any(field.encrypted for field in fields):
        # what lies encrypted is bound to its entry, whose number must therefore be known before
        entry, written = sql.SQL("s._entry, "), SYSTEM
        relation = sql.SQL("(SELECT r.*, nextval('reg.entry_id_seq') AS _entry FROM {} r OFFSET 0)").format(
            relation
        )
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {entry}1, %(source)s, {district}, %(valid_from)s, %(at)s, "
        "%(by)s, %(basis)s, {values} FROM {relation} s"
    ).format(
        table=table(definition.code),
        columns=names((*written, *cells)),
        entry=entry,
        district=_district(definition, fields),
        values=sql.SQL(", ").join(cells.values()),
        relation=relation,
    )


_NEW, _OLD = sql.Identifier("s", "_entry"), sql.Identifier("old", "_entry")


def _cells(
    definition: RegisterDefinition, fields: Sequence[FieldDefinition], entry: sql.Composable
) -> dict[str, sql.Composable]:
    """Columns and what goes into them; beside an encrypted one the digest of its value."""
    code = definition.code
    cells = {field.name: sealed(code, field, typed(field), entry) for field in fields}
    return cells | {
        blind_column(field): blind(code, field, typed(field)) for field in fields if has_blind(field)
    }


def _superseded(definition: RegisterDefinition, ends: str) -> sql.Composed:
    """CTEs ``old`` (the present row, locked, if it is the expected version) and ``kept`` (its history)."""
    columns = all_columns(definition)
    return sql.SQL(
        "old AS (SELECT {columns} FROM {table} WHERE _entry = %(entry)s AND _version = %(version)s "
        "FOR UPDATE), "
        "kept AS (INSERT INTO {history} ({columns}, _valid_to, _ended_at, _known_to, _act) "
        "SELECT {columns}, {ends}, %(act)s FROM old)"
    ).format(
        columns=names(columns),
        table=table(definition.code),
        history=history(definition.code),
        ends=sql.SQL(ends),
    )


#: A change: the old version held until the day, as is known from now on.
_ENDED = "%(valid_from)s::date, %(at)s, 'infinity'"
#: A correction: from now on the old version is not believed.
_DISBELIEVED = "'infinity'::date, 'infinity', %(at)s"


def amend(
    definition: RegisterDefinition,
    fields: Sequence[FieldDefinition],
    relation: sql.Composable,
    *,
    correction: bool,
) -> sql.Composed:
    """Write a new version if the present one is the expected one; gives its number, or no row.

    Parameters: ``entry``, ``version``, ``valid_from`` (of a change), ``at``, ``by``, ``basis``, ``act``.
    """
    cells = _cells(definition, fields, _OLD) | worked_out(definition, fields)
    sets = [sql.SQL("{} = {}").format(sql.Identifier(name), value) for name, value in cells.items()]
    if definition.district in {field.name for field in fields}:
        sets.append(sql.SQL("_district = {}").format(_district(definition, fields)))
    if not correction:
        sets.append(sql.SQL("_valid_from = {}").format(sql.Placeholder("valid_from")))
    return sql.SQL(
        "WITH {superseded} UPDATE {table} t SET _version = t._version + 1, _known_from = %(at)s, "
        "_recorded_by = %(by)s, _basis = %(basis)s, {sets} FROM old, {relation} s "
        "WHERE t._entry = old._entry RETURNING t._version"
    ).format(
        superseded=_superseded(definition, _DISBELIEVED if correction else _ENDED),
        table=table(definition.code),
        sets=sql.SQL(", ").join(sets),
        relation=relation,
    )


def retire(definition: RegisterDefinition) -> sql.Composed:
    """End the present version if it is the expected one; gives its number, or no row.

    Parameters: ``entry``, ``version``, ``valid_from`` (the day it ends), ``at``, ``act``.
    """
    return sql.SQL(
        "WITH {superseded} DELETE FROM {table} t USING old WHERE t._entry = old._entry RETURNING t._version"
    ).format(superseded=_superseded(definition, _ENDED), table=table(definition.code))


def disbelieve(definition: RegisterDefinition) -> sql.Composed:
    """End the present version as one that never was so: an entry that was another one all the time.

    Parameters: ``entry``, ``version``, ``at``, ``act``. Gives its number, or no row.
    """
    return sql.SQL(
        "WITH {superseded} DELETE FROM {table} t USING old WHERE t._entry = old._entry RETURNING t._version"
    ).format(superseded=_superseded(definition, _DISBELIEVED), table=table(definition.code))


def revive(definition: RegisterDefinition) -> sql.Composed:
    """Set the last version of an ended entry again, as known from now on; gives its new number.

    Parameters: ``entry``, ``version`` (the one that ended), ``at``, ``by``, ``basis``.
    """
    written = {"_entry", "_version", "_known_from", "_recorded_by", "_basis"}
    kept = [name for name in all_columns(definition) if name not in written]
    return sql.SQL(
        "INSERT INTO {table} (_entry, _version, _known_from, _recorded_by, _basis, {kept}) "
        "SELECT _entry, _version + 1, %(at)s, %(by)s, %(basis)s, {kept} FROM {history} "
        "WHERE _entry = %(entry)s AND _version = %(version)s RETURNING _version"
    ).format(table=table(definition.code), history=history(definition.code), kept=names(kept))
