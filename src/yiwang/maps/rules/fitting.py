"""Whether a layer fits the register that it draws."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.kernel.text import Text
from yiwang.maps.definitions import (
    FIGURE,
    Classes,
    Clusters,
    Extrusion,
    Heat,
    LayerDefinition,
    Measure,
    Only,
)
from yiwang.registers.definitions import NUMERIC, SHAPES, FieldDefinition, FieldKind, RegisterDefinition

Misfit = tuple[tuple[str | int, ...], Text]


def shape_of(layer: LayerDefinition, register: RegisterDefinition) -> FieldDefinition | None:
    """The field that is drawn: the one that is named, or the first with a shape."""
    if layer.shape is None:
        return next((field for field in register.fields if field.kind in SHAPES), None)
    found = register.find(layer.shape)
    return found if found is not None and found.kind in SHAPES else None


def misfits(layer: LayerDefinition, register: RegisterDefinition) -> Iterator[Misfit]:
    """What does not fit, with its place in the layer's file."""
    for place, shown in enumerate(layer.fields):
        if register.find(shown.name) is None and not (layer.measure and shown.name == FIGURE):
            reason = Text(f"登记簿没有字段“{shown.name}”", f"the register has no field {shown.name!r}")
            yield ("fields", place, "name"), reason
    for place, only in enumerate(layer.only):
        if (why := _unfit_choice(only, register.find(only.field))) is not None:
            yield ("only", place), why
    shape = shape_of(layer, register)
    if shape is None:
        yield ("shape",), Text("登记簿没有这个图形字段", "the register has no such field with a shape")
        return
    if not shape.searchable:
        yield (
            ("shape",),
            Text(
                f"登记簿的字段“{shape.name}”不可查询，不能按范围取出",
                f"the register's field {shape.name!r} is not searchable, so no area of it can be asked for",
            ),
        )
    yield from _measure_misfits(layer, register, shape)
    yield from _style_misfits(layer, register, shape)


def _measure_misfits(
    layer: LayerDefinition, register: RegisterDefinition, shape: FieldDefinition
) -> Iterator[Misfit]:
    """Of the areas; the register that is counted is looked at where its fields are known."""
    if layer.measure is None:
        return
    place = register.find(layer.measure.areas)
    if shape.kind is not FieldKind.AREA or place is None or place.kind is not FieldKind.DIVISION:
        yield (
            ("measure", "areas"),
            Text("须画面，且areas是行政区划字段", "areas are drawn, and areas names a field of divisions"),
        )
    if register.find(FIGURE) is not None:
        yield ("measure",), Text("登记簿已有字段figure", "the register has a field figure of its own")


def unfit_tally(measure: Measure, counted: RegisterDefinition) -> Text | None:
    """Why a register can't be counted so, or nothing."""
    place = counted.find(measure.by)
    if place is None or place.kind is not FieldKind.DIVISION:
        return Text(
            f"登记簿“{counted.code}”没有行政区划字段“{measure.by}”",
            f"the register {counted.code!r} has no field of divisions {measure.by!r}",
        )
    number = counted.find(measure.sum) if measure.sum else None
    if measure.sum and (number is None or number.kind not in NUMERIC):
        return Text(
            f"登记簿“{counted.code}”没有数字字段“{measure.sum}”",
            f"the register {counted.code!r} has no number {measure.sum!r}",
        )
    return None


#: Fields by which a layer may choose entries.
CHOOSING = frozenset(
    {FieldKind.CODE, FieldKind.DIVISION, FieldKind.INDUSTRY, FieldKind.YES_NO, FieldKind.TEXT}
)


#: As the values of a yes or no are written.
_ANSWERS = frozenset({"true", "false"})


def _unfit_choice(only: Only, field: FieldDefinition | None) -> Text | None:
    if field is None:
        return Text(f"登记簿没有字段“{only.field}”", f"the register has no field {only.field!r}")
    if not field.searchable or field.encrypted or field.kind not in CHOOSING:
        return Text(
            f"字段“{field.name}”不能用来筛选：须可查询、不加密，为代码、区划、行业、是否或文字",
            f"entries can't be chosen by {field.name!r}: it must be searchable, not encrypted, "
            "and a code, division, industry, yes or no, or text",
        )
    known = _ANSWERS if field.kind is FieldKind.YES_NO else {code.code for code in field.codes}
    unknown = [value for value in only.values if known and value not in known]
    if unknown:
        return Text(f"代码表中没有{'、'.join(unknown)}", f"the code list has no {', '.join(unknown)}")
    return None


def _style_misfits(
    layer: LayerDefinition, register: RegisterDefinition, shape: FieldDefinition
) -> Iterator[Misfit]:
    style = layer.style
    is_point = shape.kind is FieldKind.POINT
    if isinstance(style, Heat | Clusters) and not is_point:
        yield ("style",), Text("热力和聚合用于点", "heat and clusters are for points")
    if isinstance(style, Extrusion) and shape.kind is not FieldKind.AREA:
        yield ("style",), Text("拉伸用于面", "extrusion is for areas")
    measured = style.field if isinstance(style, Classes | Extrusion) else None
    measured = style.weight if isinstance(style, Heat) else measured
    field = register.find(measured) if measured else None
    if field is not None and field.kind not in NUMERIC:
        yield ("style",), Text(f"字段“{field.name}”不是数字", f"the field {field.name!r} is no number")
    for place, rule in enumerate(layer.generalise):
        if (rule.rule == "cluster") != is_point and rule.rule in {"cluster", "drop_smallest", "simplify"}:
            yield (
                ("generalise", place),
                Text(
                    "cluster用于点，drop_smallest和simplify用于线和面",
                    "cluster is for points, drop_smallest and simplify are for lines and areas",
                ),
            )
