"""By which operators a field may be asked for in a list. Pure.

In an address an operator follows its field after a dot: ``birth_date.from=1990-01-01``. A field alone is
asked for as ever: texts by their beginning, everything else by its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yiwang.registers.definitions import NUMERIC, SHAPES, TEXTUAL, FieldDefinition, FieldKind

Operator = Literal["eq", "prefix", "from", "to"]
_ORDERED = NUMERIC | {FieldKind.DATE, FieldKind.MOMENT}
_WHOLE = SHAPES | {FieldKind.JSON}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a list asks for; ``operator`` as somebody wrote it, empty for the field's own."""

    field: str
    operator: str
    value: str


def operators_of(field: FieldDefinition) -> tuple[Operator, ...]:
    """The operators of a field, its own first; none where lists are not asked by it."""
    if not (field.searchable or field.unique) or field.kind in _WHOLE:
        return ()
    if field.encrypted:
        return ("eq",)
    if field.kind in TEXTUAL and not field.unique:
        return ("prefix", "eq")
    if field.kind is FieldKind.DIVISION:
        return ("eq", "prefix")
    return ("eq", "from", "to") if field.kind in _ORDERED else ("eq",)


def parted(name: str) -> tuple[str, str]:
    """Field and operator of a parameter's name."""
    field, _, operator = name.partition(".")
    return field, operator
