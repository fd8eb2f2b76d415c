"""A small map for a page about some registers: the layers that draw them over those shown at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.maps.queries.features import Box, extent_of
from yiwang.maps.queries.layers import list_layers
from yiwang.maps.rules.legend import Sign, legend_of
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.platform.contracts import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """Codes of layers, lowest first; ``layer`` draws the first register, ``whole`` is a box around it all.

    ``legend`` has the signs of the layers that draw the registers.
    """

    codes: tuple[str, ...]
    layer: str
    whole: Box
    legend: tuple[tuple[Text, tuple[Sign, ...]], ...]


def backdrop_for(actor: Actor | None, registers: Sequence[str]) -> Backdrop | None:
    """Give the map of registers for a reader; None where no layer of his draws the first of them."""
    layers = list_layers(actor)
    about = [each for each in layers if each.layer.register_code in registers]
    first = next((each for each in about if each.layer.register_code == registers[0]), None)
    whole = extent_of(first) if first is not None else None
    if first is None or whole is None:
        return None
    beside = [each for each in layers if each.layer.shown and each not in about]
    chosen = [*about, *beside][:MOST_LAYERS]
    return Backdrop(
        codes=tuple(each.layer.code for each in layers if each in chosen),
        layer=first.layer.code,
        whole=whole,
        legend=tuple(
            (each.layer.title, legend_of(each.layer, each.drawn.definition, each.seen)) for each in about
        ),
    )
