"""Make and change the tables of a register. Only apply comes here."""

from __future__ import annotations

from django.db import IntegrityError
from psycopg import sql

from yiwang.registers.contracts import ExistingRowsBreakRule
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules.changes import (
    AddField,
    ChangeRules,
    CreateRegister,
    RegisterChange,
    RenameField,
    ReplaceField,
    RetireField,
)
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables.columns import column_type, constraint, history, table
from yiwang.registers.tables.running import run

_SYSTEM_COLUMNS = sql.SQL(
    "_entry bigint {identity}, _version integer NOT NULL, _source text NOT NULL, _district text, "
    "_valid_from date NOT NULL, _known_from timestamptz NOT NULL, _recorded_by bigint, "
    "_basis text NOT NULL DEFAULT ''"
)


def carry_out(change: RegisterChange, wanted: RegisterDefinition) -> None:
    """Do one step to the tables of ``wanted``.

    Raises:
        ExistingRowsBreakRule: rows in the table break a tighter rule; the apply is rolled back.
    """
    match change:
        case CreateRegister():
            _create(change.register)
        case AddField():
            _add(wanted.code, change.field)
        case RenameField():
            for place in (table(wanted.code), history(wanted.code)):
                _run(
                    "ALTER TABLE {} RENAME COLUMN {} TO {}",
                    place,
                    sql.Identifier(change.before),
                    sql.Identifier(change.field.name),
                )
        case RetireField():
            _drop(wanted.code, change.field)
        case ReplaceField():
            _drop(wanted.code, change.before)
            _add(wanted.code, change.field)
        case ChangeRules():
            _guard(wanted.code, change.field)
        case _:
            pass


def _run(template: str, *parts: sql.Composable) -> None:
    run(sql.SQL(template).format(*parts))


def _create(definition: RegisterDefinition) -> None:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(field.name), column_type(field)) for field in definition.fields
    ]
    identity = sql.SQL("PRIMARY KEY DEFAULT nextval('reg.entry_id_seq')")
    _run(
        "CREATE TABLE {} ({})",
        table(definition.code),
        sql.SQL(", ").join([_SYSTEM_COLUMNS.format(identity=identity), *columns]),
    )
    ends = sql.SQL(
        "_valid_to date NOT NULL, _ended_at timestamptz NOT NULL, "
        "_known_to timestamptz NOT NULL, _act text NOT NULL, PRIMARY KEY (_entry, _version)"
    )
    _run(
        "CREATE TABLE {} ({})",
        history(definition.code),
        sql.SQL(", ").join([_SYSTEM_COLUMNS.format(identity=sql.SQL("NOT NULL")), *columns, ends]),
    )
    _run("CREATE INDEX ON {} (_district, _entry)", table(definition.code))
    _run("CREATE INDEX ON {} ({})", history(definition.code), sql.Identifier(definition.key))
    for field in definition.fields:
        _guard(definition.code, field)


def _add(code: str, field: FieldDefinition) -> None:
    for place in (table(code), history(code)):
        _run("ALTER TABLE {} ADD COLUMN {} {}", place, sql.Identifier(field.name), column_type(field))
    _guard(code, field)


def _drop(code: str, field: FieldDefinition) -> None:
    for place in (table(code), history(code)):
        _run("ALTER TABLE {} DROP COLUMN {} CASCADE", place, sql.Identifier(field.name))


def _guard(code: str, field: FieldDefinition) -> None:
    """Set the CHECK and indexes of a field anew; named by its id, so they outlive a renaming."""
    named = f"{code}_f{field.id}"
    unique, search = f"{code}_u{field.id}", f"{code}_s{field.id}"
    column = sql.Identifier(field.name)
    _run("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", table(code), sql.Identifier(named))
    _run("DROP INDEX IF EXISTS {}, {}", sql.Identifier("reg", unique), sql.Identifier("reg", search))
    check = constraint(field)
    try:
        if check is not None:
            _run("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({})", table(code), sql.Identifier(named), check)
        if field.unique:
            _run("CREATE UNIQUE INDEX {} ON {} ({})", sql.Identifier(unique), table(code), column)
    except IntegrityError as problem:
        raise ExistingRowsBreakRule(register=code, field=field.name) from problem
    # a reference is looked for from the other side when what it refers to ends
    if (field.searchable or field.kind is FieldKind.REFERENCE) and not field.unique:
        _run("CREATE INDEX {} ON {} USING {}", sql.Identifier(search), table(code), _search_index(field))


def _search_index(field: FieldDefinition) -> sql.Composed:
    column = sql.Identifier(field.name)
    if field.kind in SHAPES:
        return sql.SQL("gist ({})").format(column)
    # "begins with" needs byte order; the entry keeps pages in order without a sort
    operators = sql.SQL(" text_pattern_ops" if RULES[field.kind].column == "text" else "")
    return sql.SQL("btree ({}{}, _entry)").format(column, operators)
