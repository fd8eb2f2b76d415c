"""What stands behind the plate: the place, the building, the unit, the floor and the room."""

from __future__ import annotations

import re
from typing import NamedTuple

_BUILDING = r"(?:[A-Z]\d{0,2}|\d{1,3}[A-Z]?|[甲乙丙丁戊东西南北中])(?:栋|幢|座|号楼)"
_UNIT = r"(?:[A-Z]|\d{1,2}|[甲乙丙丁])(?:单元|梯)"
_FLOOR = r"(?:第|负|地下|B)?\d{1,3}(?:层|楼(?!盘|宇)|F(?![A-Z0-9]))"
_ROOM = (
    r"(?:[A-Z]?\d{1,5}[A-Z]?(?:-\d{1,3})?(?:室|号?房(?!屋)|号?铺|单位)|[A-Z]?\d{3,5}[A-Z]?(?!\d|米|元|年))"
)
_ANY = re.compile(f"{_BUILDING}|{_UNIT}|{_FLOOR}|{_ROOM}")
_IN_TURN = tuple(re.compile(f"-?({each})") for each in (_BUILDING, _UNIT, _FLOOR, _ROOM))
#: 3-2-301 and 3-301: building, unit if any, room.
_DASHED = re.compile(r"-?(?P<building>\d{1,3})-(?:(?P<unit>\d{1,2})-)?(?P<room>\d{3,4})(?:室|房)?")
_NOT_A_PLACE = re.compile(
    r"旁边?|对面|附近|隔壁|后面|侧边|楼下|楼上|路口|交界|转角|^近|^内|^靠|地铁|公交|收$|先生|女士|快递|请"
)


class Inside(NamedTuple):
    """The parts behind a plate as the standard writes them, and what is left."""

    place: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    rest: str = ""


def read_inside(text: str) -> Inside:
    """Read what follows the plate.

    >>> read_inside("锦绣花园3幢2单元5楼501室")
    Inside(place='锦绣花园', building='3幢', unit='2单元', floor='5层', room='501房', rest='')
    >>> read_inside("-3-2-301"), read_inside("大门旁边").rest
    (Inside(place='', building='3栋', unit='2单元', floor='', room='301房', rest=''), '大门旁边')
    """
    text = re.sub(r"首层", "1层", text)
    dashed = _DASHED.fullmatch(text)
    if dashed is not None:
        unit = f"{int(dashed['unit'])}单元" if dashed["unit"] else ""
        return Inside("", f"{int(dashed['building'])}栋", unit, "", f"{dashed['room']}房")
    first = _ANY.search(text)
    front, rest = (text, "") if first is None else (text[: first.start()], text[first.start() :])
    parts = []
    for pattern in _IN_TURN:
        found = pattern.match(rest)
        parts.append(found[1] if found else "")
        rest = rest[found.end() :] if found else rest
    building, unit, floor, room = parts
    place = front.strip("-")
    if _NOT_A_PLACE.search(place) or len(place) < 2:
        place, rest = "", place + rest
    return Inside(place, building, unit, _floor(floor), _room(room), rest.strip("-"))


def _floor(text: str) -> str:
    """One word for floors: 5楼, 第5层 and 5F are 5层; below the ground 负1层."""
    if not text:
        return ""
    figures = re.sub(r"\D", "", text)
    return f"{'负' if text[0] in '负地B' else ''}{int(figures)}层"


def _room(text: str) -> str:
    """One word for rooms; shops (铺) keep theirs."""
    if not text:
        return ""
    bare = re.sub(r"(室|号?房|号?铺|单位)$", "", text)
    return f"{bare}铺" if text.endswith("铺") else f"{bare}房"
