"""Features as GML 3.2 (07-036) and the types of layers as XML Schema.

Text is put together here and not in a tree: a page has up to 10,000 features whose shapes the database wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from yiwang.registers.definitions import SHAPES, FieldDefinition, FieldKind

PREFIX, NAMESPACE = "yw", "urn:yiwang:layers"
GML, WFS = "http://www.opengis.net/gml/3.2", "http://www.opengis.net/wfs/2.0"
_SPACES = f'xmlns:gml="{GML}" xmlns:{PREFIX}="{NAMESPACE}"'
_TYPES = {
    FieldKind.INTEGER: "xs:integer",
    FieldKind.DECIMAL: "xs:decimal",
    FieldKind.MONEY: "xs:decimal",
    FieldKind.YES_NO: "xs:boolean",
    FieldKind.DATE: "xs:date",
    FieldKind.MOMENT: "xs:dateTime",
    FieldKind.POINT: "gml:PointPropertyType",
    FieldKind.PATH: "gml:MultiCurvePropertyType",
    FieldKind.AREA: "gml:MultiSurfacePropertyType",
}
#: What XML 1.0 can't hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID = re.compile(r'gml:id="[^"]*"')


@dataclass(frozen=True, slots=True)
class Column:
    """A property of a feature type; one that is seen masked is text, whatever the register keeps."""

    field: FieldDefinition
    title: str
    is_clear: bool

    @property
    def type(self) -> str:
        """Its type in XML Schema."""
        return _TYPES.get(self.field.kind, "xs:string") if self.is_clear else "xs:string"


def without_controls(value: str) -> str:
    """A text without what XML can't hold."""
    return _NO_XML.sub("\ufffd", value)


def text_of(value: str) -> str:
    """A text as XML's."""
    return escape(without_controls(value))


def resource_id(code: str, entry: int | str) -> str:
    """How a feature is called outside."""
    return f"{code}.{entry}"


def feature_of(code: str, said: str, columns: Sequence[Column], *, is_root: bool = False) -> str:
    """A feature as an element; ``said`` is a JSON array of its entry, its shape as GML and its values."""
    entry, shape, values = json.loads(said, parse_float=Decimal)
    name = resource_id(code, entry)
    spaces = f" {_SPACES}" if is_root else ""
    parts = [_element(column, name, shape, values) for column in columns]
    return f'<{PREFIX}:{code}{spaces} gml:id="{name}">{"".join(parts)}</{PREFIX}:{code}>'


def _element(column: Column, feature: str, shape: str | None, values: Mapping[str, object]) -> str:
    name = column.field.name
    if column.field.kind in SHAPES and name not in values:
        text = _numbered(shape, feature) if shape else ""
    else:
        value = values.get(name)
        text = "" if value is None else text_of(_written(value, column))
        if value is not None and not text:
            return f"<{PREFIX}:{name}/>"
    return f"<{PREFIX}:{name}>{text}</{PREFIX}:{name}>" if text else ""


def _numbered(shape: str, feature: str) -> str:
    """Every part of a shape bears an id of its own: the database gives all of them the same."""
    number = count()
    return _ID.sub(lambda _: f'gml:id="{feature}.g{next(number)}"', shape)


def _written(value: object, column: Column) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=float)
    if column.type == "xs:dateTime":
        return datetime.fromisoformat(str(value)).isoformat().replace("+00:00", "Z")
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Features as an answer has them; ``matched`` None is unknown."""

    members: Sequence[str]
    matched: int | None
    returned: int
    following: str
    schema: str


def collection_of(found: Collected, stamp: str) -> str:
    """A collection of features (09-025r2, 11.3.3)."""
    following = f" next={quoteattr(found.following)}" if found.following else ""
    schema = quoteattr(f"{NAMESPACE} {found.schema}")
    members = "".join(f"<wfs:member>{each}</wfs:member>" for each in found.members)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<wfs:FeatureCollection xmlns:wfs="{WFS}" {_SPACES}'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation={schema}'
        f' timeStamp="{stamp}" numberMatched="{"unknown" if found.matched is None else found.matched}"'
        f' numberReturned="{found.returned}"{following}>{members}</wfs:FeatureCollection>'
    )


def schema_of(types: Mapping[str, Sequence[Column]]) -> str:
    """Feature types by code as an application schema (09-025r2, 9.3)."""
    parts = [_type(code, columns) for code, columns in types.items()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' {_SPACES} targetNamespace="{NAMESPACE}" elementFormDefault="qualified" version="1.0">'
        f'<xs:import namespace="{GML}"/>{"".join(parts)}</xs:schema>'
    )


def _type(code: str, columns: Sequence[Column]) -> str:
    elements = "".join(
        f'<xs:element name="{each.field.name}" type="{each.type}" minOccurs="0"><xs:annotation>'
        f"<xs:documentation>{text_of(each.title)}</xs:documentation></xs:annotation></xs:element>"
        for each in columns
    )
    return (
        f'<xs:element name="{code}" type="{PREFIX}:{code}Type" substitutionGroup="gml:AbstractFeature"/>'
        f'<xs:complexType name="{code}Type"><xs:complexContent>'
        f'<xs:extension base="gml:AbstractFeatureType"><xs:sequence>{elements}</xs:sequence></xs:extension>'
        "</xs:complexContent></xs:complexType>"
    )


def named_only(columns: Sequence[Column], names: Collection[str]) -> tuple[Column, ...]:
    """Those of the names."""
    return tuple(each for each in columns if each.field.name in names)
