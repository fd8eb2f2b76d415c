"""Shapes that a table writes as text, placed as the officer says: pairs of degrees or metres, WKT, GeoJSON.

Geographic formats are placed where they are read (``converting/placing.py``); their shapes come here as
hexadecimal WKB and stay as they are.
"""

from __future__ import annotations

import re

from yiwang.kernel.text import Text
from yiwang.registers.rules.shifted import SHIFTED

#: Heads of columns that hold the numbers of a point, in lower case; the last as files of addresses come back.
EAST = frozenset({"经度", "lon", "lng", "long", "longitude", "东经", "x", "x坐标", "经度x", "经度 longitude"})
NORTH = frozenset({"纬度", "lat", "latitude", "北纬", "y", "y坐标", "纬度y", "纬度 latitude"})
_PAIR = re.compile(r"\s*(-?[0-9]{1,9}(?:\.[0-9]{1,15})?)[\s,，]+(-?[0-9]{1,9}(?:\.[0-9]{1,15})?)\s*")
_IN_WORDS = re.compile(r"\s*(\{|[A-Za-z]{4,}\s*Z?M?\s*\()")
_DEGREES = frozenset({"4326", "4490"})
NOT_MOVED = Text(
    "文字写成的图形不能从 GCJ-02、BD-09 换算；请用经度、纬度两列，或改用 GeoPackage 等格式",
    "A shape written as text can't be moved from GCJ-02 or BD-09; send longitude and latitude, or GeoPackage",
)


class NotPlaced(ValueError):
    """The cell can't be placed in the system that was declared."""


def placed(cell: str, system: str) -> str:
    """The cell as the register takes it; what is no shape stays, to be refused by its form.

    >>> placed("113.25, 23.125", ""), placed("38400000 2500000", "4547")
    ('113.25 23.125', 'SRID=4547;POINT(38400000 2500000)')

    Raises:
        NotPlaced: a text that would have to be moved corner by corner.
    """
    pair = _PAIR.fullmatch(cell)
    if pair is None:
        if not _IN_WORDS.match(cell) or not system or system in _DEGREES:
            return cell
        if system in SHIFTED:
            raise NotPlaced
        return cell if cell.lstrip().startswith("{") else f"SRID={system};{cell.strip()}"
    if system in SHIFTED:
        east, north = SHIFTED[system](float(pair[1]), float(pair[2]))
        return f"{east:.9f} {north:.9f}"
    if system and system not in _DEGREES:
        return f"SRID={system};POINT({pair[1]} {pair[2]})"
    return f"{pair[1]} {pair[2]}"
