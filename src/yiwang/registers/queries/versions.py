"""One entry: as it is, as it was, and its whole history."""

from __future__ import annotations

import json
from collections.abc import Mapping

from psycopg import sql

from yiwang.kernel.memory import Memory
from yiwang.platform.sql import Kept, keep
from yiwang.registers.contracts import AsOf, EntryNotFound, OpenedEntry, Seen, VersionLine
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.rules.field_kinds import key_as_kept
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import all_columns, history, names, table
from yiwang.registers.tables.running import Parameter, rows, rows_kept
from yiwang.registers.tables.sealing import plain

_statements: Memory[tuple[object, ...], tuple[RegisterDefinition, Kept]] = Memory(500)


def find_entry(
    definition: RegisterDefinition,
    view: Mapping[str, Seen],
    *,
    entry: int | None = None,
    key: str = "",
    as_of: AsOf | None = None,
) -> OpenedEntry | None:
    """Give the entry of a number or else of a key, now or at a point in both times; None if there is none."""
    field = definition.key_field
    parameters: dict[str, Parameter] = {"wanted": entry}
    column = "_entry"
    if entry is None:
        column = field.name
        parameters["wanted"] = key_as_kept(field, key)
    if as_of is not None:
        parameters |= {"valid": as_of.valid, "known": as_of.known}
    rows_found = rows_kept(_statement(definition, view, column, before=as_of is not None), parameters)
    if not rows_found:
        return None
    ((body, number, version, source, valid_from, known_from),) = rows_found
    return OpenedEntry(
        body=body,
        entry=number,
        version=version,
        source=source,
        valid_from=valid_from,
        known_from=known_from,
        values=json.loads(body)["values"],
        masked=shown.masked(view),
    )


def _statement(
    definition: RegisterDefinition, view: Mapping[str, Seen], column: str, *, before: bool
) -> Kept:
    """Composed once for a reader's view; the definition itself tells whether it is still that one."""
    place = (definition.code, tuple(view.items()), column, before)
    kept = _statements.get(place)
    if kept is not None and kept[0] is definition:
        return kept[1]
    wanted = sql.Placeholder("wanted")
    statement = sql.SQL(
        "SELECT {body}::text, t._entry, t._version, t._source, t._valid_from, t._known_from FROM {source}"
    ).format(
        body=shown.entry(definition, view),
        source=shown.one_as_of(definition, column, wanted)
        if before
        else shown.one_present(definition, column, wanted),
    )
    return _statements.keep(place, (definition, keep(statement.as_string())))[1]


def list_versions(definition: RegisterDefinition, view: Mapping[str, Seen], entry: int) -> list[VersionLine]:
    """Give every version of an entry, the first first; a retired entry still has its history.

    Raises:
        EntryNotFound: there never was one.
    """
    columns = names(all_columns(definition))
    changed = sql.SQL(", ").join(
        sql.SQL("CASE WHEN {c} IS DISTINCT FROM lag({c}) OVER w THEN {name} END").format(
            c=plain(definition, field.name), name=sql.Literal(field.name)
        )
        for field in definition.fields
    )
    statement = sql.SQL(
        "SELECT t._version, t._act, t._source, t._valid_from, t._valid_to, t._known_from, t._known_to, "
        "t._recorded_by, t._basis, t._superseded_at, {values}::text, "
        "CASE WHEN row_number() OVER w = 1 THEN '{{}}' ELSE array_remove(ARRAY[{changed}], NULL) END "
        "FROM (SELECT {columns}, NULL::date AS _valid_to, NULL::timestamptz AS _known_to, "
        "NULL::timestamptz AS _superseded_at, 'present' AS _act "
        "FROM {table} WHERE _entry = %(entry)s UNION ALL SELECT {columns}, "
        # infinity is no date of Python; what ended by a change is believed without end
        "nullif(_valid_to, 'infinity'), nullif(_known_to, 'infinity'), least(_ended_at, _known_to), _act "
        "FROM {history} WHERE _entry = %(entry)s) t WINDOW w AS (ORDER BY t._version) ORDER BY t._version"
    ).format(
        values=shown.values(definition, view),
        changed=changed,
        columns=columns,
        table=table(definition.code),
        history=history(definition.code),
    )
    found = rows(statement, {"entry": entry})
    if not found:
        raise EntryNotFound(register=definition.code)
    return [
        VersionLine(
            version=line[0],
            act=line[1],
            source=line[2],
            valid_from=line[3],
            valid_to=line[4],
            known_from=line[5],
            known_to=line[6],
            recorded_by=line[7],
            basis=line[8],
            superseded_at=line[9],
            values=json.loads(line[10]),
            changed=tuple(line[11]),
        )
        for line in found
    ]
