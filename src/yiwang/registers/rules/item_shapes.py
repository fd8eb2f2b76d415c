"""Data type and length of a field as the catalogue of the exchange says them (GB/T 21063.3, 信息项)."""

from __future__ import annotations

from yiwang.exchange.providers import ItemShape
from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldDefinition, FieldKind

_CHARACTERS = Text("字符型", "Characters")
_NUMBER = Text("数值型", "Number")
_TYPES: dict[FieldKind, tuple[Text, str]] = {
    FieldKind.INTEGER: (_NUMBER, "integer"),
    FieldKind.DECIMAL: (_NUMBER, "decimal"),
    FieldKind.MONEY: (Text("货币型", "Money"), "decimal"),
    FieldKind.DATE: (Text("日期型", "Date"), "date"),
    FieldKind.MOMENT: (Text("日期时间型", "Date and time"), "dateTime"),
    FieldKind.YES_NO: (Text("逻辑型", "Yes or no"), "boolean"),
    FieldKind.JSON: (Text("自描述格式", "Self-describing"), "string"),
    FieldKind.POINT: (Text("空间坐标", "Point on the earth"), "string"),
}
#: Kinds whose standard settles the number of characters.
_LENGTHS = {
    FieldKind.RESIDENT_ID: 18,
    FieldKind.CREDIT_CODE: 18,
    FieldKind.SEX: 1,
    FieldKind.ETHNIC_GROUP: 2,
}


def item_shape(field: FieldDefinition) -> ItemShape:
    """Type and length of a field."""
    title, xsd = _TYPES.get(field.kind, (_CHARACTERS, "string"))
    length = _LENGTHS.get(field.kind, field.longest)
    if field.kind is FieldKind.CODE:
        length = max(len(value.code) for value in field.codes)
    return ItemShape(type=title, length=length, xsd=xsd)
