"""What is wrong with given values, judged by the database with the same SQL as a file of a million rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.registers.contracts import EntryRefused
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.rules.reasons import sentence
from yiwang.registers.rules.shapes import TOO_MANY, is_endless
from yiwang.registers.rules.values import Value, as_text
from yiwang.registers.tables.running import rows
from yiwang.registers.tables.staged import own_faults, shared_faults
from yiwang.registers.tables.writing import one_row, row_parameters

_UNKNOWN = Text("登记簿没有这个字段", "The register has no such field")


def texts_of(definition: RegisterDefinition, values: Mapping[str, Value]) -> dict[str, str | None]:
    """Give the values as text.

    Raises:
        EntryRefused: a field is not of this register.
    """
    unknown = [name for name in values if definition.find(name) is None]
    if unknown:
        raise EntryRefused(problems=tuple(FieldProblem(name[:60], _UNKNOWN) for name in unknown))
    return {name: as_text(value) for name, value in values.items()}


def reference_keys(fields: Sequence[FieldDefinition]) -> dict[str, str]:
    """The key column of each register that a field refers to."""
    return {
        field.register_code: get_register(field.register_code).key
        for field in fields
        if field.kind is FieldKind.REFERENCE and field.register_code
    }


def refuse_faults(
    definition: RegisterDefinition,
    fields: Sequence[FieldDefinition],
    texts: Mapping[str, str | None],
    *,
    valid_from: date,
    but_entry: int | None = None,
) -> None:
    """Judge one row.

    Raises:
        EntryRefused: with every wrong field.
    """
    _refuse_endless(fields, texts)
    relation = one_row(texts)
    parameters = {**row_parameters(texts), "valid_from": valid_from}
    found = rows(own_faults(fields, relation), parameters)
    if not found:
        clashes = shared_faults(
            definition, fields, relation, keys=reference_keys(fields), but_entry=but_entry
        )
        found = rows(clashes, parameters) if clashes is not None else []
    if found:
        raise EntryRefused(
            problems=tuple(
                FieldProblem(name, sentence(reason, definition.get(name))) for _, name, reason in found
            )
        )


def _refuse_endless(fields: Sequence[FieldDefinition], texts: Mapping[str, str | None]) -> None:
    """Before the database reads them: a shape of a million corners costs it seconds."""
    problems = [
        FieldProblem(field.name, TOO_MANY)
        for field in fields
        if field.kind in SHAPES and is_endless(texts.get(field.name) or "")
    ]
    if problems:
        raise EntryRefused(problems=tuple(problems))
