"""What a layer begins as: drawn plainly, with rules for afar that lose nothing silently; it could go out."""

from __future__ import annotations

from collections.abc import Collection

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind, RegisterDefinition

_MOST_FIELDS = 6
_LONG = frozenset({FieldKind.LONG_TEXT, FieldKind.JSON, FieldKind.REFERENCE})
_OPEN = frozenset({Secrecy.PUBLIC, Secrecy.INTERNAL})


def beginning(
    code: str,
    register: RegisterDefinition,
    shape: FieldDefinition,
    seen: Collection[str],
    *,
    title: Text,
    summary: Text,
    group: Text,
) -> dict[str, Json]:
    """A whole definition over a register; ``seen`` are fields that its maker sees in clear."""
    return {
        "code": code,
        "title": {**title.as_dict()},
        "summary": {**summary.as_dict()},
        "group": {**group.as_dict()},
        "register": register.code,
        "shape": shape.name,
        "audience": {"kind": "officers"},
        "fields": [{"name": name} for name in first_fields(register, seen)],
        "style": {"draw": "plain", "colour": "#1d70b8", **_line(shape.kind)},
        "generalise": from_afar(shape.kind),
    }


def first_fields(register: RegisterDefinition, seen: Collection[str]) -> list[str]:
    """Fields that a layer shows unless its maker says otherwise: short ones that concern nobody."""
    fit = [
        field.name
        for field in register.fields
        if field.name in seen
        and field.kind not in SHAPES | _LONG
        and field.secrecy in _OPEN
        and not field.encrypted
    ]
    return fit[:_MOST_FIELDS]


def from_afar(kind: FieldKind) -> list[Json]:
    """Rules for afar: points are brought together and counted, small things wait until they are near."""
    if kind is FieldKind.POINT:
        return [{"rule": "cluster", "to_zoom": 12, "pixels": 48}]
    return [{"rule": "drop_smallest", "to_zoom": 13, "pixels": 2}]


def _line(kind: FieldKind) -> dict[str, Json]:
    if kind is FieldKind.AREA:
        return {"line_colour": "#0b3c69", "width": 1, "opacity": 0.5}
    return {"width": 5 if kind is FieldKind.POINT else 2}
