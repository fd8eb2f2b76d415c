"""Read what a study is asked for: each method says what it needs. Bounded before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import get_args

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Method, StudyAsked

METHODS: tuple[Method, ...] = get_args(Method)
#: What a method needs beside its layer.
NEEDS_OTHER = frozenset({"near", "nearest", "walk", "intersection", "difference", "counts"})
NEEDS_METRES: Mapping[str, tuple[float, float]] = {
    "near": (1, 5_000),
    "buffer": (1, 5_000),
    "cells": (50, 20_000),
    "hot_spots": (50, 20_000),
}
#: Metres that are walked in a minute (4.8 km an hour).
PACE = 80
NEEDS_MINUTES: Mapping[str, tuple[float, float]] = {"walk": (1, 60)}
_MOST_TEXT, _MOST_CORNERS = 20_000, 200
_CODE = re.compile(r"[a-z][a-z0-9_]{1,40}", re.ASCII)
_CORNER = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)[,，\s]\s*(-?\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
_AREA_WKT = re.compile(r"POLYGON\s*\(\(([^()]*)\)\)", re.ASCII | re.IGNORECASE)
_LINE_WKT = re.compile(r"LINESTRING\s*\(([^()]*)\)", re.ASCII | re.IGNORECASE)
#: Methods that sum up a field where one is named.
MEASURING = frozenset({"counts", "total", "cells"})
#: Methods about a drawn line.
NEEDS_LINE = frozenset({"section", "along"})
#: Which methods ask which question; that of the layer every one asks.
USES: Mapping[str, frozenset[str]] = {
    "other": NEEDS_OTHER,
    "metres": frozenset(NEEDS_METRES),
    "minutes": frozenset(NEEDS_MINUTES),
    "measured": MEASURING,
    "line": NEEDS_LINE,
    "area": frozenset(METHODS) - NEEDS_LINE,
}
Faults = dict[str, Text]


def read_study(said: Mapping[str, str]) -> tuple[StudyAsked | None, Faults]:
    """What is asked for, or what is wrong with it by question."""
    faults: Faults = {}
    method = next((each for each in METHODS if each == said.get("method")), None)
    if method is None:
        faults["method"] = Text("请选择分析方法", "Choose what to do")
    layer = _layer(said.get("layer", ""), "layer", faults)
    other = _layer(said.get("other", ""), "other", faults) if method in NEEDS_OTHER else ""
    metres = _metres(said, method, faults)
    measured = _measured(said.get("measured", ""), layer, faults) if method in MEASURING else ""
    line = read_line(said.get("line", ""), faults) if method in NEEDS_LINE else ""
    area = read_area(said.get("area", ""), faults) if method not in NEEDS_LINE else ""
    if faults or method is None:
        return None, faults
    asked = StudyAsked(
        method=method, layer=layer, other=other, metres=metres, area=area, measured=measured, line=line
    )
    return asked, faults


def _layer(code: str, name: str, faults: Faults) -> str:
    if _CODE.fullmatch(code) is None:
        faults[name] = Text("请选择图层", "Choose a layer")
    return code


def _measured(said: str, layer: str, faults: Faults) -> str:
    """The field of ``layer.field``; nothing where none is named."""
    of, _, field = said.partition(".")
    if said and (of != layer or _CODE.fullmatch(field) is None):
        faults["measured"] = Text("请选择所选图层的数值字段", "Choose a number of the chosen layer")
    return field


def _metres(said: Mapping[str, str], method: str | None, faults: Faults) -> float | None:
    """How far; of time on foot the metres that are walked in it."""
    if method is None:
        return None
    if method in NEEDS_MINUTES:
        minutes = _number(said, "minutes", Text("分钟", "minutes"), NEEDS_MINUTES[method], faults)
        return None if minutes is None else minutes * PACE
    if method in NEEDS_METRES:
        return _number(said, "metres", Text("米", "metres"), NEEDS_METRES[method], faults)
    return None


def _number(
    said: Mapping[str, str], name: str, unit: Text, bounds: tuple[float, float], faults: Faults
) -> float | None:
    least, most = bounds
    text = said.get(name, "")
    try:
        found = Decimal(text.strip()) if len(text) <= 12 else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not least <= found <= most:
        faults[name] = Text(
            f"请填{least:g}至{most:g}的数（{unit.zh}）",
            f"Give a number from {least:g} to {most:g} ({unit.en})",
        )
        return None
    return float(found)


def read_area(text: str, faults: Faults) -> str:
    """A drawn area as well-known text; nothing where none was drawn."""
    if not text.strip():
        return ""
    corners = _corners(text, _AREA_WKT, "area", faults)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if "area" not in faults and len(set(corners)) < 3:
        faults["area"] = Text("至少要3个不同的角点", "Give at least 3 different corners")
    elif len(corners) > _MOST_CORNERS:
        faults["area"] = _too_many()
    return f"POLYGON(({', '.join([*corners, corners[0]])}))" if corners else ""


def read_line(text: str, faults: Faults) -> str:
    """A drawn line as well-known text."""
    corners = _corners(text, _LINE_WKT, "line", faults)
    if "line" not in faults and len(set(corners)) < 2:
        faults["line"] = Text("请画一条线：至少2个不同的点", "Draw a line: at least 2 different places")
    elif len(corners) > _MOST_CORNERS:
        faults["line"] = _too_many()
    return f"LINESTRING({', '.join(corners)})" if corners else ""


def _corners(text: str, wkt: re.Pattern[str], name: str, faults: Faults) -> list[str]:
    """Places as well-known text has them; none where there is a fault."""
    if len(text) > _MOST_TEXT:
        faults[name] = _too_many()
        return []
    found = wkt.fullmatch(text.strip())
    lines = [each.strip() for each in (found[1].split(",") if found else text.splitlines()) if each.strip()]
    corners = []
    for number, line in enumerate(lines, start=1):
        corner = _CORNER.fullmatch(line)
        if corner is None or abs(float(corner[1])) > 180 or abs(float(corner[2])) > 80:
            faults[name] = Text(f"第{number}行不是“经度,纬度”", f"Line {number} is not longitude,latitude")
            return []
        corners.append(f"{float(corner[1]):.7f} {float(corner[2]):.7f}")
    return corners


def _too_many() -> Text:
    return Text(f"角点太多，至多{_MOST_CORNERS}个", f"Too many corners: at most {_MOST_CORNERS}")
