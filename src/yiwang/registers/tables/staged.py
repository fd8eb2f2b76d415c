"""Rows as they came, as text: which cells are wrong, and the typed values of the good ones.

The same SQL judges one row of a form and a file of a million. A staged relation has ``line`` and one text
column for each given field; it is read under the alias ``s``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql

from yiwang.registers.definitions import FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules import reasons
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.tables.columns import bounds, filled, history, table
from yiwang.registers.tables.sealing import equal

#: Kinds in which a cell that begins like a formula is nothing but a trap for spreadsheets.
_FREE_TEXT = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.ADDRESS, FieldKind.REFERENCE})


def came(field: FieldDefinition) -> sql.Composed:
    """The text of a staged cell: trimmed, capitals where the standard has them, null for nothing."""
    cell = sql.Identifier("s", field.name)
    trimmed = sql.SQL("btrim({}, E' \\t\\u3000')").format(cell)
    if RULES[field.kind].capitals:
        trimmed = sql.SQL("upper({})").format(trimmed)
    return sql.SQL("nullif({}, '')").format(trimmed)


def typed(field: FieldDefinition) -> sql.Composed:
    """The value of a staged cell that is known to be good."""
    return filled(RULES[field.kind].cast, came(field), field)


def own_fault(field: FieldDefinition) -> sql.Composed:
    """The reason why a tidy cell (as :func:`came` makes it) is refused by itself, or null."""
    rule = RULES[field.kind]
    value = sql.Identifier("s", field.name)
    cast = filled(rule.cast, value, field)
    missing = sql.Literal(reasons.REQUIRED if field.required else None)
    whens = [sql.SQL("WHEN {} IS NULL THEN {}::text").format(value, missing)]
    if field.kind in _FREE_TEXT:
        whens.append(sql.SQL("WHEN reg.is_formula({}) THEN {}").format(value, sql.Literal(reasons.FORMULA)))
    whens.append(
        sql.SQL("WHEN NOT {} THEN {}").format(filled(rule.check, value, field), sql.Literal(reasons.FORM))
    )
    if rule.sound:
        whens.append(
            sql.SQL("WHEN NOT {} THEN {}").format(filled(rule.sound, value), sql.Literal(reasons.CROSSING))
        )
    kept = [reason for reason, limit in _LIMITS if getattr(field, limit) is not None]
    for reason, condition in zip(kept, bounds(field, cast), strict=True):
        whens.append(sql.SQL("WHEN NOT ({}) THEN {}").format(condition, sql.Literal(reason)))
    return sql.SQL("CASE {} END").format(sql.SQL(" ").join(whens))


_LIMITS = ((reasons.LONG, "longest"), (reasons.LOW, "min"), (reasons.HIGH, "max"))


def own_faults(fields: Sequence[FieldDefinition], relation: sql.Composable) -> sql.Composed:
    """``line, field, reason`` of every cell that is wrong by itself, in the order of the file."""
    faults = [own_fault(field) for field in fields]
    listed = sql.SQL(", ").join(
        sql.SQL("({}, {}, {})").format(sql.Literal(place), sql.Literal(field.name), fault)
        for place, (field, fault) in enumerate(zip(fields, faults, strict=True))
    )
    # Cells are tidied once, behind a fence: where the planner inlines a check it would trim at each of its
    # places, 25 in that of an identity number, which made the check of a person's row cost twice as much.
    # The first filter is one scan without a row a cell; only bad rows are spread out.
    tidy = sql.SQL(", ").join(
        sql.SQL("{} AS {}").format(came(field), sql.Identifier(field.name)) for field in fields
    )
    return sql.SQL(
        "SELECT s.line, f.field, f.reason FROM (SELECT s.line, {tidy} FROM {relation} s OFFSET 0) s "
        "CROSS JOIN LATERAL (VALUES {listed}) f (place, field, reason) "
        "WHERE coalesce({faults}) IS NOT NULL AND f.reason IS NOT NULL ORDER BY s.line, f.place"
    ).format(tidy=tidy, relation=relation, listed=listed, faults=sql.SQL(", ").join(faults))


def shared_faults(
    definition: RegisterDefinition,
    fields: Sequence[FieldDefinition],
    relation: sql.Composable,
    *,
    keys: Mapping[str, str],
    but_entry: int | None = None,
) -> sql.Composed | None:
    """``line, field, reason`` of cells that clash with other rows; run on rows without faults of their own.

    ``keys`` gives the key column of each register that a field refers to; ``but_entry`` is the entry being
    amended. Takes the parameter ``valid_from``.
    """
    parts: list[sql.Composed] = []
    for field in fields:
        if field.unique:
            parts.append(_taken(definition, field, relation, but_entry))
            if but_entry is None:
                parts.append(_twice(field, relation))
        if field.kind is FieldKind.REFERENCE and field.register_code:
            parts.append(_dangling(field, keys[field.register_code], relation))
        if field.name == definition.key and but_entry is None:
            parts.append(_before_end(definition, field, relation))
    return sql.SQL(" UNION ALL ").join(parts) if parts else None


def _found(field: FieldDefinition, reason: str) -> sql.Composed:
    return sql.SQL("SELECT s.line, {} AS field, {} AS reason").format(
        sql.Literal(field.name), sql.Literal(reason)
    )


def _taken(
    definition: RegisterDefinition, field: FieldDefinition, relation: sql.Composable, but_entry: int | None
) -> sql.Composed:
    other = sql.SQL("AND t._entry <> {}").format(sql.Literal(but_entry)) if but_entry else sql.SQL("")
    return sql.SQL("{found} FROM {relation} s JOIN {table} t ON {same} {other}").format(
        found=_found(field, reasons.TAKEN),
        relation=relation,
        table=table(definition.code),
        same=equal(definition, field, typed(field)),
        other=other,
    )


def _twice(field: FieldDefinition, relation: sql.Composable) -> sql.Composed:
    return sql.SQL(
        "{found} FROM (SELECT s.line, row_number() OVER (PARTITION BY {value} ORDER BY s.line) AS nth "
        "FROM {relation} s WHERE {value} IS NOT NULL) s WHERE s.nth > 1"
    ).format(found=_found(field, reasons.TWICE), relation=relation, value=came(field))


def _dangling(field: FieldDefinition, key: str, relation: sql.Composable) -> sql.Composed:
    return sql.SQL(
        "{found} FROM {relation} s WHERE {value} IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM {table} t WHERE t.{key} = {value})"
    ).format(
        found=_found(field, reasons.NO_REFERENCE),
        relation=relation,
        value=came(field),
        table=table(field.register_code or ""),
        key=sql.Identifier(key),
    )


def _before_end(
    definition: RegisterDefinition, field: FieldDefinition, relation: sql.Composable
) -> sql.Composed:
    return sql.SQL(
        "{found} FROM {relation} s WHERE EXISTS (SELECT FROM {history} h WHERE h.{column} = {value} "
        "AND h._known_to = 'infinity' AND h._valid_to > %(valid_from)s)"
    ).format(
        found=_found(field, reasons.BEFORE_END),
        relation=relation,
        history=history(definition.code),
        column=sql.Identifier(field.name),
        value=typed(field),
    )
