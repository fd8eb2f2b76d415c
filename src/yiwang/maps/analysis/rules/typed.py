"""What somebody drew or typed: corners of a shape, a number. Bounded before anything is parsed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Place

#: What is wrong, by question.
Faults = dict[str, Text]

_LONGEST, _MOST_CORNERS, _LONGEST_NUMBER = 20_000, 200, 12
_CORNER = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)\s*[,，\s]\s*(-?\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
_WKT = re.compile(r"(POLYGON|LINESTRING)\s*\(+([^()]*)\)+", re.ASCII | re.IGNORECASE)
_TOO_MANY = Text(f"角点太多，至多{_MOST_CORNERS}个", f"Too many corners: at most {_MOST_CORNERS}")
_OTHER_KIND = Text("图形与所选的类型不同", "The shape is not of the chosen kind")


def read_corners(text: str, *, is_line: bool) -> tuple[Place, ...] | Text:
    """Longitude and latitude of each corner of a line or an area, each once; or what is wrong with them.

    A corner a line, or well-known text.
    """
    if len(text) > _LONGEST:
        return _TOO_MANY
    found = _WKT.fullmatch(text.strip())
    if found is not None and (found[1].upper() == "LINESTRING") != is_line:
        return _OTHER_KIND
    lines = found[2].split(",") if found is not None else text.splitlines()
    corners: list[Place] = []
    for number, line in enumerate((each.strip() for each in lines if each.strip()), start=1):
        corner = _CORNER.fullmatch(line)
        if corner is None or abs(float(corner[1])) > 180 or abs(float(corner[2])) > 80:
            return Text(f"第{number}行不是“经度,纬度”", f"Line {number} is not longitude,latitude")
        corners.append((float(corner[1]), float(corner[2])))
    if len(corners) > 1 and corners[0] == corners[-1] and not is_line:
        corners.pop()
    least = 2 if is_line else 3
    if len(set(corners)) < least:
        return Text(f"至少要{least}个不同的角点", f"Give at least {least} different corners")
    return tuple(corners) if len(corners) <= _MOST_CORNERS else _TOO_MANY


def read_number(text: str, unit: Text, least: Decimal, most: Decimal) -> Decimal | Text:
    """A number within bounds, both included; or what is wrong with it."""
    try:
        found = Decimal(text.strip()) if len(text) <= _LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if found.is_finite() and least <= found <= most:
        return found
    return Text(f"请填{least}至{most}的数（{unit.zh}）", f"Give a number from {least} to {most} ({unit.en})")
