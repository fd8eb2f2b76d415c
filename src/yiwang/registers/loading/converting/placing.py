"""In which reference system the shapes of a file are: as it says itself, or as the officer says."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Unreadable
from yiwang.registers.rules.shapes import MOST_CORNERS, TOO_MANY
from yiwang.registers.rules.shifted import SHIFTED, Move

_EPSG = re.compile(r"^EPSG:([0-9]{4,6})$")
_DEGREES = frozenset({4326, 4490})
_UNKNOWN = Text(
    "文件没有说明坐标系，或所写坐标系没有 EPSG 编号；请重新上传并在“坐标系”中选择",
    "The file doesn't say its reference system, or one without an EPSG number; send it again and choose it",
)
_CONFLICT = Text(
    "文件自带坐标系 EPSG:{own}，与所选的不同；请选“以文件自带的为准”",
    "The file says EPSG:{own}, which is not what was chosen; choose “as the file says”",
)
_BROKEN = Text("图形数据不完整", "A shape is cut off")
#: Of WKB: points, lines, areas; the others hold such shapes.
_POINT, _LINE, _AREA = 1, 2, 3
_MOST_DEEP = 8
_EMPTY_SUM = struct.calcsize("<BI")


@dataclass(frozen=True, slots=True)
class Placing:
    """How shapes come to the database: after the number of their system, and moved if displaced."""

    before: str
    move: Move | None = None

    def text_of(self, wkb: bytes) -> str | Text:
        """Hexadecimal WKB with the number of its system; of too many corners the words of the refusal."""
        if _corners_of(wkb) > MOST_CORNERS:
            return TOO_MANY
        return self.before + (wkb if self.move is None else moved(wkb, self.move)).hex()


def placing_of(crs: str | None, chosen: str) -> Placing:
    """Give how shapes are placed; ``chosen`` is an EPSG number, ``gcj02``, ``bd09``, or nothing.

    Raises:
        Unreadable: nobody says it, or the file says something else than the officer.
    """
    match = _EPSG.match(crs or "")
    own = int(match[1]) if match else None
    if chosen in SHIFTED:
        if own is not None and own not in _DEGREES:
            raise _conflict(own)
        return Placing("", SHIFTED[chosen])
    if not chosen:
        if own is None:
            raise Unreadable(0, _UNKNOWN)
        return Placing(f"SRID={own};")
    wanted = int(chosen)
    if own is not None and own != wanted and not {own, wanted} <= _DEGREES:
        raise _conflict(own)
    return Placing(f"SRID={own or wanted};")


def _conflict(own: int) -> Unreadable:
    return Unreadable(0, Text(_CONFLICT.zh.format(own=own), _CONFLICT.en.format(own=own)))


def _corners_of(wkb: bytes) -> int:
    """About how many corners a shape has, never fewer than it has."""
    if len(wkb) < _EMPTY_SUM:
        return 0
    (number,) = struct.unpack_from("<I" if wkb[0] == 1 else ">I", wkb, 1)
    return len(wkb) // (8 * (2 + _kind_and_width(number)[1]))


def moved(wkb: bytes, move: Move) -> bytes:
    """Move each corner of a shape; height and measure stay."""
    found = bytearray(wkb)
    try:
        _move_shape(found, 0, move, 0)
    except (struct.error, IndexError) as problem:
        raise Unreadable(0, _BROKEN) from problem
    return bytes(found)


def _move_shape(wkb: bytearray, at: int, move: Move, depth: int) -> int:
    """Move the shape that begins at a byte; gives where it ends."""
    if depth > _MOST_DEEP:
        raise Unreadable(0, _BROKEN)
    order = "<" if wkb[at] == 1 else ">"
    (number,) = struct.unpack_from(f"{order}I", wkb, at + 1)
    at += _EMPTY_SUM
    kind, more = _kind_and_width(number)
    width = 8 * (2 + more)
    if kind == _POINT:
        return _move_corners(wkb, range(at, at + width, width), order, move)
    (size,) = struct.unpack_from(f"{order}I", wkb, at)
    at += 4
    if kind == _LINE:
        return _move_corners(wkb, range(at, at + size * width, width), order, move)
    for _ in range(size):
        if kind == _AREA:
            (corners,) = struct.unpack_from(f"{order}I", wkb, at)
            at = _move_corners(wkb, range(at + 4, at + 4 + corners * width, width), order, move)
        else:
            at = _move_shape(wkb, at, move, depth + 1)
    return at


def _kind_and_width(number: int) -> tuple[int, int]:
    """Kind, and how many numbers a corner has beyond two: as ISO writes it, or by the bits of PostGIS."""
    more = (number >> 31 & 1) + (number >> 30 & 1)
    plain = number & 0x1FFFFFFF
    return plain % 1000, more or (0, 1, 1, 2)[min(plain // 1000, 3)]


def _move_corners(wkb: bytearray, places: range, order: str, move: Move) -> int:
    if places.stop > len(wkb):
        raise Unreadable(0, _BROKEN)
    pair = struct.Struct(f"{order}dd")
    for corner in places:
        x, y = pair.unpack_from(wkb, corner)
        if abs(x) <= 180 and abs(y) <= 90:  # what is no degree is refused by the register, as it came
            pair.pack_into(wkb, corner, *move(x, y))
    return places.stop
