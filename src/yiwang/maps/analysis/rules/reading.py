"""Read what somebody drew or typed: corners, a depth, days. Bounded before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Asked, Ground, Place

LONGEST_TEXT, MOST_CORNERS = 20_000, 200
_DEEPEST, _WIDEST = Decimal(60), 50.0
_CORNER = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)\s*[,，\s]\s*(-?\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
_WKT = re.compile(r"(POLYGON|LINESTRING)\s*\(+([^()]*)\)+", re.ASCII | re.IGNORECASE)
_LEAST_WORDS, _MOST_WORDS = 4, 200
_IDENTITY = re.compile(r"\d{17}[\dXx]")
Faults = dict[str, Text]


def read_asked(said: Mapping[str, str]) -> tuple[Asked | None, Faults]:
    """What is asked for, or what is wrong with it by question."""
    faults: Faults = {}
    is_line = said.get("shape") == "line"
    corners = _corners(said.get("corners", ""), faults, is_line=is_line)
    width = _number(said.get("width", ""), "width", Decimal(str(_WIDEST)), faults) if is_line else None
    depth = _number(said.get("depth", ""), "depth", _DEEPEST, faults)
    begins, ends = _day(said.get("begins", ""), "begins", faults), _day(said.get("ends", ""), "ends", faults)
    if begins and ends and (ends < begins or (ends - begins).days > 1_096):
        faults["ends"] = Text(
            "完工日期不早于开工，工期不超过三年", "Not before the first day, and within three years"
        )
    reason = " ".join(said.get("reason", "").split())
    if not _LEAST_WORDS <= len(reason) <= _MOST_WORDS or _IDENTITY.search(reason):
        faults["reason"] = Text(
            "请写明项目或文号，不得含身份号码", "Give the project or reference, no identity number"
        )
    if faults or depth is None or begins is None or ends is None:
        return None, faults
    ground = Ground(corners=corners, width=float(width) if width is not None else None, depth=depth)
    return Asked(ground=ground, begins=begins, ends=ends, reason=reason), faults


def _corners(text: str, faults: Faults, *, is_line: bool) -> tuple[Place, ...]:
    if len(text) > LONGEST_TEXT:
        faults["corners"] = Text(
            f"角点太多，至多{MOST_CORNERS}个", f"Too many corners: at most {MOST_CORNERS}"
        )
        return ()
    found = _WKT.fullmatch(text.strip())
    if found is not None and (found[1].upper() == "LINESTRING") != is_line:
        faults["corners"] = Text("图形与所选的类型不同", "The shape is not of the chosen kind")
        return ()
    lines = found[2].split(",") if found is not None else text.strip().splitlines()
    corners: list[Place] = []
    for number, line in enumerate((each.strip() for each in lines if each.strip()), start=1):
        corner = _CORNER.fullmatch(line)
        if corner is None or abs(float(corner[1])) > 180 or abs(float(corner[2])) > 80:
            faults["corners"] = Text(
                f"第{number}行不是“经度,纬度”", f"Line {number} is not longitude,latitude"
            )
            return ()
        corners.append((float(corner[1]), float(corner[2])))
    if len(corners) > 1 and corners[0] == corners[-1] and not is_line:
        corners.pop()
    least = 2 if is_line else 3
    if len(set(corners)) < least:
        faults["corners"] = Text(f"至少要{least}个不同的角点", f"Give at least {least} different corners")
    elif len(corners) > MOST_CORNERS:
        faults["corners"] = Text(
            f"角点太多，至多{MOST_CORNERS}个", f"Too many corners: at most {MOST_CORNERS}"
        )
    return tuple(corners)


def _number(text: str, name: str, most: Decimal, faults: Faults) -> Decimal | None:
    try:
        found = Decimal(text.strip()) if len(text) <= 12 else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not Decimal("0.1") <= found <= most:
        faults[name] = Text(f"请填0.1至{most}的数（米）", f"Give a number from 0.1 to {most} (metres)")
        return None
    return found


def _day(text: str, name: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        faults[name] = Text("请填日期，如2026-12-01", "Give a day, such as 2026-12-01")
        return None
