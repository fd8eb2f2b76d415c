"""A page of features as a table for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from pydantic import JsonValue

from yiwang.identity.api import division_names
from yiwang.kernel.text import Language, Text
from yiwang.maps.ogc.rules.systems import System
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.spreadsheets import csv_file
from yiwang.registers.api import codes_of, worded
from yiwang.registers.definitions import FieldDefinition, FieldKind

_ID = Text("要素编号", "Feature id")
_CODE = Text("{title}代码", "{title}: code")
_DEGREES = (Text("经度", "Longitude"), Text("纬度", "Latitude"))
_METRES = (Text("东坐标（米）", "Easting, m"), Text("北坐标（米）", "Northing, m"))


def table_file(read: ReadLayer, features: Sequence[str], system: System, language: Language) -> bytes:
    """CSV with the titles of fields as its first row.

    Codes and divisions stand in words with the code in the next column, days as ISO 8601 has them, moments in
    the city's time. Points have their two coordinates, in the order of the reference system; other shapes
    don't fit into a cell.
    """
    fields = [read.drawn.definition.get(name) for name in read.seen]
    is_point = read.drawn.shape.kind is FieldKind.POINT
    head = [
        _ID,
        *(title for field in fields for title in _titles(field)),
        *(_axes(system) if is_point else ()),
    ]
    table: list[list[object]] = [[title.in_(language) for title in head]]
    for said in features:
        feature = json.loads(said)
        row: list[object] = [feature["id"]]
        for field in fields:
            row += _cells(read, field, feature["properties"].get(field.name), language)
        if is_point:
            row += (feature["geometry"] or {"coordinates": ["", ""]})["coordinates"]
        table.append(row)
    return csv_file(table)


def _has_code(field: FieldDefinition) -> bool:
    return field.kind is FieldKind.DIVISION or bool(codes_of(field))


def _titles(field: FieldDefinition) -> list[Text]:
    if not _has_code(field):
        return [field.title]
    return [field.title, Text(_CODE.zh.format(title=field.title.zh), _CODE.en.format(title=field.title.en))]


def _axes(system: System) -> tuple[Text, ...]:
    axes = _DEGREES if system.is_degrees else _METRES
    return axes[::-1] if system.is_north_first else axes


def _cells(read: ReadLayer, field: FieldDefinition, value: JsonValue, language: Language) -> list[object]:
    definition = read.drawn.definition
    if field.kind is FieldKind.MOMENT and isinstance(value, str):
        return [f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M:%S}"]
    if not _has_code(field):
        is_said = isinstance(value, bool | list | dict)
        return [worded(definition, field.name, value).in_(language) if is_said else value]
    if value is None:
        return [None, None]
    if field.kind is FieldKind.DIVISION:
        return [division_names().get(str(value), Text("", "")).in_(language), value]
    return [worded(definition, field.name, value).in_(language), value]
