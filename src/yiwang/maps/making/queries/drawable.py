"""What an officer may draw: registers that he may list, and cases of items that he finds in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.maps.definitions import LayerDefinition
from yiwang.maps.queries.measuring import measured
from yiwang.platform.contracts import Actor
from yiwang.registers.api import CASES, DRAWN_SOURCES, Mapped, mapped


def drawable(actor: Actor, register: str, shape: str | None) -> Mapped | None:
    """How an officer draws a register, or None where there is none for him."""
    try:
        return mapped(actor, register, shape)
    except NotFound:
        return None


def drawable_items(actor: Actor) -> Mapping[str, Text]:
    """Items whose cases he may draw, by code."""
    return DRAWN_SOURCES.get(CASES).offered(actor)


def drawable_cases(actor: Actor, items: Sequence[str]) -> Mapped | None:
    """How an officer draws the cases of items, or None where one of them is not for him."""
    if not items or not drawable_items(actor).keys() >= set(items):
        return None
    return DRAWN_SOURCES.get(CASES).drawn(actor, items)


def drawable_source(actor: Actor, layer: LayerDefinition) -> Mapped | None:
    """How an officer draws the register or the cases of a layer; None where there is nothing for him."""
    if layer.cases:
        return drawable_cases(actor, layer.cases)
    return drawable(actor, layer.register_code, layer.shape)


def drawable_layer(actor: Actor, layer: LayerDefinition) -> Mapped | None:
    """The same with its measure."""
    drawn = drawable_source(actor, layer)
    if drawn is None or layer.measure is None:
        return drawn
    return measured(actor, drawn, layer.measure)
