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
    SealField,
)
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables.columns import column_type, condition, constraint, history, table
from yiwang.registers.tables.mapping import forget_mapped, is_mapped, keep_mapped
from yiwang.registers.tables.running import row, run
from yiwang.registers.tables.sealing import blind, blind_column, has_blind, plain_of, sealed

_SYSTEM_COLUMNS = sql.SQL(
    "_entry bigint {identity}, _version integer NOT NULL, _source text NOT NULL, _district text, "
    "_valid_from date NOT NULL, _known_from timestamptz NOT NULL, _recorded_by bigint, "
    "_basis text NOT NULL DEFAULT ''"
)


def index_history(definition: RegisterDefinition) -> None:
    """See that the history can be asked by the key that is the key now.

    Both times stand in the index, so that it leads to the one version that held: a version that didn't is
    not read. Named by the field's id; it goes with its column, and is made again when the key is another.
    """
    code, key = definition.code, definition.key_field
    named = sql.Identifier("reg", _then(code, key))
    if row(sql.SQL("SELECT to_regclass({})").format(sql.Literal(named.as_string()))) != (None,):
        return
    for field in definition.fields:
        _run("DROP INDEX IF EXISTS {}", sql.Identifier("reg", _then(code, field)))
    _run(
        "CREATE INDEX {} ON {} ({}, _valid_to, _valid_from, _known_from, (least(_ended_at, _known_to)))",
        sql.Identifier(_then(code, key)),
        history(code),
        sql.Identifier(key.name),
    )


def _then(code: str, field: FieldDefinition) -> str:
    return f"{code}_then{field.id}"


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
            _replace(wanted.code, change)
        case SealField():
            _convert(wanted.code, change.field)
        case ChangeRules():
            _guard(wanted.code, change.field)
        case _:
            pass


def _replace(code: str, change: ReplaceField) -> None:
    drawn = is_mapped(code, change.before)
    _drop(code, change.before)
    _add(code, change.field)
    if drawn and change.field.kind in SHAPES:
        keep_mapped(code, change.field)


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
    for field in definition.fields:
        _guard(definition.code, field)


def _add(code: str, field: FieldDefinition) -> None:
    for place in (table(code), history(code)):
        column = sql.Identifier(field.name)
        _run("ALTER TABLE {} ADD COLUMN {} {}", place, column, column_type(field))
        if field.backfill is not None:
            _run("UPDATE {} SET {} = {}", place, column, sql.Literal(field.backfill))
    _guard(code, field)


def _drop(code: str, field: FieldDefinition) -> None:
    forget_mapped(code, field)
    for place in (table(code), history(code)):
        _run("ALTER TABLE {} DROP COLUMN {} CASCADE", place, sql.Identifier(field.name))
        _run("ALTER TABLE {} DROP COLUMN IF EXISTS {}", place, sql.Identifier(blind_column(field)))


def _convert(code: str, field: FieldDefinition) -> None:
    """Encrypt a column or decrypt it, with its history: both tables are written anew, so that no page holds
    what was there before (older write-ahead logs and backups still do)."""
    _unguard(code, field)
    column, entry = sql.Identifier(field.name), sql.Identifier("_entry")
    value = (
        sealed(code, field, column, entry)
        if field.encrypted
        else plain_of(code, field.model_copy(update={"encrypted": True}), column, entry)
    )
    for place in (table(code), history(code)):
        _run("ALTER TABLE {} ALTER COLUMN {} TYPE {} USING {}", place, column, column_type(field), value)
        if not field.encrypted:
            _run("ALTER TABLE {} DROP COLUMN IF EXISTS {}", place, sql.Identifier(blind_column(field)))
    _guard(code, field)


def _blind(code: str, field: FieldDefinition) -> sql.Composable:
    """The column by which a field is looked for: of an encrypted one that of its digests, made if missing."""
    column, named = sql.Identifier(field.name), sql.Identifier(blind_column(field))
    if not field.encrypted:
        return column
    for place in (table(code), history(code)):
        if not has_blind(field):
            _run("ALTER TABLE {} DROP COLUMN IF EXISTS {}", place, named)
            continue
        _run("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} bytea", place, named)
        value = blind(code, field, plain_of(code, field, column, sql.Identifier("_entry")))
        _run("UPDATE {} SET {} = {} WHERE {} IS NULL AND {} IS NOT NULL", place, named, value, named, column)
    return named if has_blind(field) else column


def _refuse_encrypted(code: str, field: FieldDefinition) -> None:
    """What a CHECK can't see is asked once; values that come later are judged before they are written."""
    value = plain_of(code, field, sql.Identifier(field.name), sql.Identifier("_entry"))
    wanted = condition(field, value)
    if not field.encrypted or wanted is None:
        return
    broken = row(sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE NOT ({}))").format(table(code), wanted))
    if broken is not None and broken[0]:
        raise ExistingRowsBreakRule(register=code, field=field.name)


def _unguard(code: str, field: FieldDefinition) -> None:
    unique, search = f"{code}_u{field.id}", f"{code}_s{field.id}"
    _run("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", table(code), sql.Identifier(f"{code}_f{field.id}"))
    _run("DROP INDEX IF EXISTS {}, {}", sql.Identifier("reg", unique), sql.Identifier("reg", search))


def _guard(code: str, field: FieldDefinition) -> None:
    """Set the CHECK and indexes of a field anew; named by its id, so they outlive a renaming."""
    named = f"{code}_f{field.id}"
    unique, search = f"{code}_u{field.id}", f"{code}_s{field.id}"
    _unguard(code, field)
    column = _blind(code, field)
    _refuse_encrypted(code, field)
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
        index = _search_index(field, column)
        _run("CREATE INDEX {} ON {} USING {}", sql.Identifier(search), table(code), index)


def _search_index(field: FieldDefinition, column: sql.Composable) -> sql.Composed:
    if field.encrypted:
        return sql.SQL("btree ({}, _entry)").format(column)
    if field.kind in SHAPES:
        return sql.SQL("gist ({})").format(column)
    # "begins with" needs byte order; the entry keeps pages in order without a sort
    operators = sql.SQL(" text_pattern_ops" if RULES[field.kind].column == "text" else "")
    return sql.SQL("btree ({}{}, _entry)").format(column, operators)
