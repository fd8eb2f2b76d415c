"""Asks of staged rows with points and addresses whether their coordinates are those of a web map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from psycopg import sql

from yiwang.kernel.text import Text
from yiwang.registers.address_books import ADDRESS_BOOK, ADDRESS_BOOKS
from yiwang.registers.definitions import FieldDefinition, FieldKind
from yiwang.registers.rules.shifted import Degrees
from yiwang.registers.rules.suspecting import Suspicion, suspicion
from yiwang.registers.tables.running import rows
from yiwang.registers.tables.staged import came

#: Rows that are looked at, spread over the file.
_MOST = 200
_SURE = 0.9
_SAID = Text(
    "坐标疑似 {system}：抽查{rows}行与其地址的标准位置相比，原样相差约{before}米，换算后约{after}米。"
    "请在“坐标系”中选择 {system} 重新上传；确实无偏移的，请选择 CGCS2000 或 WGS 84",
    "The coordinates look like {system}: {rows} rows lie some {before} m off their addresses as they are and"
    " {after} m once converted. Send it again and choose {system}, or CGCS2000 or WGS 84 if they are right",
)
_NAMES = {"gcj02": "GCJ-02", "bd09": "BD-09"}


class _Fields(NamedTuple):
    point: FieldDefinition
    address: FieldDefinition


def suspected(fields: Sequence[FieldDefinition], stage: sql.Identifier) -> Text | None:
    """What to tell the officer, where places and addresses of the file disagree as those of a web map do."""
    wanted = _fields(fields)
    if wanted is None or ADDRESS_BOOK not in ADDRESS_BOOKS:
        return None
    found = suspicion(_places(wanted, stage))
    return _told(found) if found is not None else None


def _fields(fields: Sequence[FieldDefinition]) -> _Fields | None:
    point = next((field for field in fields if field.kind is FieldKind.POINT), None)
    address = next((field for field in fields if field.kind is FieldKind.ADDRESS), None)
    return _Fields(point, address) if point is not None and address is not None else None


def _places(wanted: _Fields, stage: sql.Identifier) -> list[tuple[Degrees, Degrees]]:
    sample = sql.SQL(
        "SELECT ST_X(p), ST_Y(p), address FROM (SELECT reg.point({point}) AS p, {address} AS address "
        "FROM (SELECT * FROM {stage} WHERE {written} ORDER BY hashint8(line) LIMIT {most}) s) l "
        "WHERE p IS NOT NULL AND address IS NOT NULL"
    ).format(
        point=came(wanted.point),
        address=came(wanted.address),
        stage=stage,
        written=sql.SQL("reg.is_point({}) ").format(sql.Identifier(wanted.point.name)),
        most=sql.Literal(_MOST),
    )
    book = ADDRESS_BOOKS.get(ADDRESS_BOOK)
    found: list[tuple[Degrees, Degrees]] = []
    for east, north, address in rows(sample):
        best = next(iter(book.find(str(address)) or ()), None)
        if best is None or best.confidence < _SURE or best.longitude is None or best.latitude is None:
            continue
        found.append(((float(east), float(north)), (best.longitude, best.latitude)))
    return found


def _told(found: Suspicion) -> Text:
    return _SAID.fill(system=_NAMES[found.system], rows=found.rows, before=found.before, after=found.after)
