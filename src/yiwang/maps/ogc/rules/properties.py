"""What a property is to a filter, and to JSON Schema."""

from __future__ import annotations

from enum import StrEnum

from pydantic import JsonValue

from yiwang.registers.definitions import NUMERIC, SHAPES, FieldDefinition, FieldKind


class Type(StrEnum):
    """Types of CQL2."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    SHAPE = "shape"


_BY_KIND = {
    **dict.fromkeys(NUMERIC, Type.NUMBER),
    **dict.fromkeys(SHAPES, Type.SHAPE),
    FieldKind.YES_NO: Type.BOOLEAN,
    FieldKind.DATE: Type.DATE,
    FieldKind.MOMENT: Type.MOMENT,
}
_SCHEMAS: dict[Type, dict[str, JsonValue]] = {
    Type.TEXT: {"type": "string"},
    Type.NUMBER: {"type": "number"},
    Type.BOOLEAN: {"type": "boolean"},
    Type.DATE: {"type": "string", "format": "date"},
    Type.MOMENT: {"type": "string", "format": "date-time"},
}
_FORMATS = {FieldKind.POINT: "point", FieldKind.PATH: "multilinestring", FieldKind.AREA: "multipolygon"}


def type_of(kind: FieldKind) -> Type | None:
    """The type by which a field is asked for; structured data is not."""
    return None if kind is FieldKind.JSON else _BY_KIND.get(kind, Type.TEXT)


def schema_of(field: FieldDefinition, title: str) -> dict[str, JsonValue]:
    """A queryable as JSON Schema (19-079r2, 6.2)."""
    if field.kind in SHAPES:
        return {
            "title": title,
            "x-ogc-role": "primary-geometry",
            "format": f"geometry-{_FORMATS[field.kind]}",
        }
    said: dict[str, JsonValue] = {"title": title, **_SCHEMAS[_BY_KIND.get(field.kind, Type.TEXT)]}
    if field.kind is FieldKind.INTEGER:
        said["type"] = "integer"
    if field.codes and len(field.codes) <= 200:
        said["enum"] = [value.code for value in field.codes]
    return said
