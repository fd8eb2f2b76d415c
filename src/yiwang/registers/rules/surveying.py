"""What a column seems to hold, told by its head and its first cells."""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Sequence

from yiwang.registers.definitions import FieldKind

_LONGEST_TEXT = 200
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,9})", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,20})?", re.ASCII)
_DATE = re.compile(r"(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](T00:00:00)?", re.ASCII)
_TRUTH = (frozenset({"true", "false"}), frozenset({"是", "否"}))
_DIVISION = re.compile(r"[1-9][0-9]{5}([0-9]{3}){0,2}", re.ASCII)
_ADDRESS = ("地址", "住址", "住所", "坐落", "address")
_PERSONAL = (
    "姓名", "身份证", "证件号", "手机", "电话", "联系人", "户主", "权利人", "法定代表人", "phone", "mobile",
    "contact", "id_card", "idcard",
)  # fmt: skip
_OF_PERSONS = re.compile(r"([1-9][0-9]{16}[0-9Xx]|1[3-9][0-9]{9})", re.ASCII)
_WKB = re.compile(r"(SRID=[0-9]{1,6};)?0[01][0-9A-Fa-f]{16,}", re.ASCII)
_WKT = re.compile(r"\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*(Z|M|ZM)?\s*\(", re.IGNORECASE)
_GEOJSON = re.compile(r'\s*\{\s*"type"\s*:\s*"(Multi)?(Point|LineString|Polygon)"')
_KINDS = {
    "POINT": FieldKind.POINT,
    "LINESTRING": FieldKind.PATH,
    "POLYGON": FieldKind.AREA,
}
#: Of WKB: a point, a line, an area, and several of them.
_NUMBERS = {
    1: FieldKind.POINT,
    2: FieldKind.PATH,
    3: FieldKind.AREA,
    4: FieldKind.POINT,
    5: FieldKind.PATH,
    6: FieldKind.AREA,
}


def kind_of(head: str, cells: Collection[str], divisions: Collection[str]) -> FieldKind:
    """The kind that all cells fit; empty ones are left out before.

    >>> kind_of("楼层", ["3", "12"], ()), kind_of("编号", ["007"], ()), kind_of("x", [], ())
    (<FieldKind.INTEGER: 'integer'>, <FieldKind.TEXT: 'text'>, <FieldKind.TEXT: 'text'>)
    """
    if cells:
        if all(cell in divisions and _DIVISION.fullmatch(cell) for cell in cells):
            return FieldKind.DIVISION
        if all(_OF_PERSONS.fullmatch(cell) for cell in cells):
            return FieldKind.TEXT
        for pattern, kind in (
            (_INTEGER, FieldKind.INTEGER),
            (_DECIMAL, FieldKind.DECIMAL),
            (_DATE, FieldKind.DATE),
        ):
            if all(pattern.fullmatch(cell) for cell in cells):
                return kind
        if any(set(cells) <= words for words in _TRUTH):
            return FieldKind.YES_NO
    if max(map(len, cells), default=0) > _LONGEST_TEXT:
        return FieldKind.LONG_TEXT
    return FieldKind.ADDRESS if any(word in head.casefold() for word in _ADDRESS) else FieldKind.TEXT


def is_personal(head: str, cells: Collection[str]) -> bool:
    """Whether a column seems to be about persons: by its head, or by numbers of identity cards and phones."""
    if any(word in head.casefold() for word in _PERSONAL):
        return True
    return bool(cells) and all(_OF_PERSONS.fullmatch(cell) for cell in cells)


def decimals(cells: Collection[str]) -> int:
    """Most decimals of the cells that are numbers."""
    return max((len(cell.partition(".")[2]) for cell in cells if _DECIMAL.fullmatch(cell)), default=0)


def shape_of(cells: Sequence[str]) -> FieldKind | None:
    """The kind of shape that a column holds, as its first cells say; None where it holds none."""
    found = [_shape(cell) for cell in cells[:200]]
    return found[0] if found and None not in found else None


def _shape(cell: str) -> FieldKind | None:
    if _WKB.fullmatch(cell):
        return _of_wkb(bytes.fromhex(cell.rpartition(";")[2][:18]))
    match = _WKT.match(cell) or _GEOJSON.match(cell)
    return _KINDS[match[2].upper()] if match else None


def _of_wkb(head: bytes) -> FieldKind | None:
    (number,) = struct.unpack_from("<I" if head[0] == 1 else ">I", head, 1)
    return _NUMBERS.get((number & 0x1FFFFFFF) % 1000)
