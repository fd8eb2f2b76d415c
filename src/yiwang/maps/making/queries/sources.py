"""Registers of which an officer may make a layer, and where in the list of layers it may stand."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.kernel.text import Text
from yiwang.maps.making.queries.drawable import drawable
from yiwang.maps.queries.layers import list_layers
from yiwang.platform.contracts import Actor
from yiwang.registers.api import list_registers
from yiwang.registers.definitions import SHAPES, FieldDefinition, RegisterDefinition


def drawable_registers(actor: Actor) -> list[RegisterDefinition]:
    """Those that he may list and that have a shape that he sees, by code."""
    return [each for each in list_registers() if drawable_shapes(actor, each)]


def drawable_shapes(actor: Actor, register: RegisterDefinition) -> list[FieldDefinition]:
    """Fields of a register that he may draw."""
    shapes = [field for field in register.fields if field.kind in SHAPES and field.searchable]
    return [field for field in shapes if drawable(actor, register.code, field.name) is not None]


def known_groups(actor: Actor) -> Sequence[Text]:
    """Groups of the layers that he sees, in their order."""
    return list(dict.fromkeys(each.layer.group for each in list_layers(actor)))
