"""A legend: which colour means what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.maps.definitions import FIGURE, NO_FIGURE, Categories, Classes, Heat, LayerDefinition
from yiwang.registers.definitions import FieldKind, RegisterDefinition


@dataclass(frozen=True, slots=True)
class Sign:
    """One line: a colour, that of its border, and words (none where the layer's title says it)."""

    colour: str
    line: str
    title: Text | None = None


_GREY = "#b1b4b6"


def legend_of(
    layer: LayerDefinition, register: RegisterDefinition, seen: Collection[str]
) -> tuple[Sign, ...]:
    """The signs of a layer, as they are drawn for who sees these fields."""
    style = layer.style
    if isinstance(style, Categories | Classes) and style.field not in seen:
        colour = style.other if isinstance(style, Categories) else _GREY
        return (Sign(colour, style.line_colour or colour),)
    if isinstance(style, Categories):
        field = register.get(style.field)
        signs = [
            Sign(each.colour, style.line_colour or each.colour, each.title or field.code_title(each.value))
            for each in style.values
        ]
        codes = {code.code for code in field.codes}
        if field.kind is not FieldKind.CODE or codes - {each.value for each in style.values}:
            signs.append(Sign(style.other, style.other, Text("其他", "Other")))
        return tuple(signs)
    if isinstance(style, Classes):
        bounds = [None, *style.breaks, None]
        classes = [
            Sign(colour, style.line_colour or colour, _between(low, high))
            for colour, low, high in zip(style.colours, bounds, bounds[1:], strict=False)
        ]
        if style.field == FIGURE:
            classes.append(Sign(NO_FIGURE, style.line_colour or NO_FIGURE, Text("无数值", "No number")))
        return tuple(classes)
    if isinstance(style, Heat):
        return (Sign("#ef8a62", "#b2182b"),)
    line = getattr(style, "line_colour", None)
    return (Sign(style.colour, line or style.colour),)


def _between(low: float | None, high: float | None) -> Text:
    if low is None:
        return Text(f"低于{high:g}", f"below {high:g}")
    if high is None:
        return Text(f"{low:g}及以上", f"{low:g} and more")
    return Text(f"{low:g}至{high:g}", f"{low:g} to {high:g}")
