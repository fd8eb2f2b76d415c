"""For tests: an index with a few doors, and what a vector tile holds (MVT 2.1), without its geometry."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection

from yiwang.identity.testing import a_division
from yiwang.maps.addresses.models import Door, IndexState, PlaceName

Value = str | float | int | bool
_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5


@dataclass(slots=True)
class ReadTile:
    """Features by layer: their properties, with ``_id`` where they bear one."""

    layers: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    #: Names of properties that a layer's table of keys holds, used or not.
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, layer: str) -> list[dict[str, Value]]:
        """The features of a layer; none where the tile has no such layer."""
        return self.layers.get(layer, [])


def read_tile(body: bytes) -> ReadTile:
    """Read a tile."""
    tile = ReadTile()
    for number, value in _parts(body):
        if number == 3 and isinstance(value, bytes):
            _read_layer(value, tile)
    return tile


def _read_layer(body: bytes, tile: ReadTile) -> None:
    name, keys, values, features = "", [], [], []
    for number, part in _parts(body):
        if number == 1:
            name = _text(part)
        elif number == 2:
            features.append(part)
        elif number == 3:
            keys.append(_text(part))
        elif number == 4 and isinstance(part, bytes):
            values.append(_value(part))
    if name in tile.layers:
        raise ValueError(f"the tile has two layers {name!r}")
    tile.keys[name] = tuple(keys)
    tile.layers[name] = [_feature(part, keys, values) for part in features if isinstance(part, bytes)]


def _feature(body: bytes, keys: list[str], values: list[Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for number, part in _parts(body):
        if number == 1 and isinstance(part, int):
            found["_id"] = part
        elif number == 2 and isinstance(part, bytes):
            tags = list(_varints(part))
            for key, value in zip(tags[::2], tags[1::2], strict=True):
                found[keys[key]] = values[value]
    return found


def _value(body: bytes) -> Value:
    ((number, part),) = _parts(body)
    if isinstance(part, bytes):
        if number == 1:
            return part.decode()
        return float(struct.unpack("<d" if number == 3 else "<f", part)[0])
    if number == 6:
        return (part >> 1) ^ -(part & 1)
    return bool(part) if number == 7 else part


def _text(part: bytes | int) -> str:
    return part.decode() if isinstance(part, bytes) else ""


def _parts(body: bytes) -> Iterator[tuple[int, bytes | int]]:
    place = 0
    while place < len(body):
        head, place = _varint(body, place)
        number, kind = head >> 3, head & 7
        if kind == _VARINT:
            value, place = _varint(body, place)
            yield number, value
            continue
        length = {_EIGHT: 8, _FOUR: 4}.get(kind, 0)
        if kind == _BYTES:
            length, place = _varint(body, place)
        yield number, body[place : place + length]
        place += length


def _varints(body: bytes) -> Iterator[int]:
    place = 0
    while place < len(body):
        value, place = _varint(body, place)
        yield value


def _varint(body: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = body[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


#: Codes of 科学大道 1号, 11号 and 1号之一 in the index of ``a_few_plates``.
PLATE, NEXT_PLATE, PLATE_BESIDE = "44010300110100000001", "44010300110100000002", "44010300110100000003"
#: The first of them as the register writes it, and where all three are.
PLATE_IN_FULL, PLATE_AT = "广州市荔湾区沙面街道科学大道1号", (113.24, 23.11)


def a_few_plates() -> None:
    """Put three plates of one road into the index, without a register behind it."""
    known = {
        "440100": ("广州市", "city"),
        "440103": ("荔湾区", "district"),
        "440103001": ("沙面街道", "street"),
    }
    for code, (name, level) in known.items():
        a_division(code, name, level)
    plates = [(PLATE, 1, ""), (NEXT_PLATE, 11, ""), (PLATE_BESIDE, 1, "之一")]
    for at, (code, number, tail) in enumerate(plates, start=1):
        Door.objects.create(
            entry=at, version=1, code=code, full=f"广州市荔湾区沙面街道科学大道{number}号{tail}",
            division="440103001", line="科学大道", number=number, last=0, tail=tail, place="", building="",
            unit="", room="", level="plate", status="used",
        )  # fmt: skip
    with connection.cursor() as cursor:
        place = [*PLATE_AT]
        cursor.execute("UPDATE addresses_door SET point = ST_SetSRID(ST_MakePoint(%s, %s), 4490)", place)
    PlaceName.objects.create(name="科学大道", district="440103", kind="road", stands_for="科学大道", doors=2)
    IndexState.objects.update_or_create(
        pk=1, defaults={"mark": uuid.uuid4(), "made_at": datetime(2026, 3, 2, tzinfo=UTC)}
    )
