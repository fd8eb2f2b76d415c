"""What an officer may count by division, and the areas by which it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.maps.making.queries.sources import drawable_registers
from yiwang.platform.contracts import Actor
from yiwang.registers.api import list_registers, tallied
from yiwang.registers.definitions import NUMERIC, SHAPES, FieldDefinition, FieldKind, RegisterDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Countable:
    """A register that may be counted by a field of divisions, and its numbers that may be summed up."""

    register: RegisterDefinition
    by: FieldDefinition
    numbers: tuple[FieldDefinition, ...]


def areas_of_divisions(actor: Actor) -> list[tuple[RegisterDefinition, FieldDefinition]]:
    """Registers whose first shape is an area, with the field that holds the area's division."""
    found = []
    for register in drawable_registers(actor):
        shape = next((field for field in register.fields if field.kind in SHAPES), None)
        place = _place(register)
        if shape is not None and shape.kind is FieldKind.AREA and place is not None:
            found.append((register, place))
    return found


def countable_registers(actor: Actor) -> list[Countable]:
    """Those that he may list and whose divisions he sees, by code."""
    found = []
    for register in list_registers():
        place = _place(register)
        if place is None or tallied(actor, register.code, by=place.name, total=None, least=1) is None:
            continue
        numbers = tuple(
            field
            for field in register.fields
            if field.kind in NUMERIC
            and tallied(actor, register.code, by=place.name, total=field.name, least=1) is not None
        )
        found.append(Countable(register=register, by=place, numbers=numbers))
    return found


def _place(register: RegisterDefinition) -> FieldDefinition | None:
    """Its district where one is declared, else its first field of divisions."""
    if register.district is not None:
        return register.find(register.district)
    return next((field for field in register.fields if field.kind is FieldKind.DIVISION), None)
