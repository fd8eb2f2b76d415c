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
    "walk": (50, 5_000),
    "cells": (50, 20_000),
    "hot_spots": (50, 20_000),
}
_MOST_TEXT, _MOST_CORNERS = 20_000, 200
_CODE = re.compile(r"[a-z][a-z0-9_]{1,40}", re.ASCII)
_CORNER = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)[,，\s]\s*(-?\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
_WKT = re.compile(r"POLYGON\s*\(\(([^()]*)\)\)", re.ASCII | re.IGNORECASE)
Faults = dict[str, Text]


def read_study(said: Mapping[str, str]) -> tuple[StudyAsked | None, Faults]:
    """What is asked for, or what is wrong with it by question."""
    faults: Faults = {}
    method = next((each for each in METHODS if each == said.get("method")), None)
    if method is None:
        faults["method"] = Text("请选择分析方法", "Choose what to do")
    layer = _layer(said.get("layer", ""), "layer", faults)
    other = _layer(said.get("other", ""), "other", faults) if method in NEEDS_OTHER else ""
    metres = _metres(said.get("metres", ""), method, faults)
    area = _area(said.get("area", ""), faults)
    if faults or method is None:
        return None, faults
    return StudyAsked(method=method, layer=layer, other=other, metres=metres, area=area), faults


def _layer(code: str, name: str, faults: Faults) -> str:
    if _CODE.fullmatch(code) is None:
        faults[name] = Text("请选择图层", "Choose a layer")
    return code


def _metres(text: str, method: str | None, faults: Faults) -> float | None:
    if method is None or method not in NEEDS_METRES:
        return None
    least, most = NEEDS_METRES[method]
    try:
        found = Decimal(text.strip()) if len(text) <= 12 else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not least <= found <= most:
        faults["metres"] = Text(
            f"请填{least:g}至{most:g}的数（米）", f"Give a number from {least:g} to {most:g} (metres)"
        )
        return None
    return float(found)


def _area(text: str, faults: Faults) -> str:
    """A drawn area as well-known text; nothing where none was drawn."""
    if not text.strip():
        return ""
    if len(text) > _MOST_TEXT:
        faults["area"] = _too_many()
        return ""
    found = _WKT.fullmatch(text.strip())
    lines = [each.strip() for each in (found[1].split(",") if found else text.splitlines()) if each.strip()]
    corners = []
    for number, line in enumerate(lines, start=1):
        corner = _CORNER.fullmatch(line)
        if corner is None or abs(float(corner[1])) > 180 or abs(float(corner[2])) > 80:
            faults["area"] = Text(f"第{number}行不是“经度,纬度”", f"Line {number} is not longitude,latitude")
            return ""
        corners.append(f"{float(corner[1]):.7f} {float(corner[2]):.7f}")
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(set(corners)) < 3:
        faults["area"] = Text("至少要3个不同的角点", "Give at least 3 different corners")
    elif len(corners) > _MOST_CORNERS:
        faults["area"] = _too_many()
    return f"POLYGON(({', '.join([*corners, corners[0]])}))"


def _too_many() -> Text:
    return Text(f"角点太多，至多{_MOST_CORNERS}个", f"Too many corners: at most {_MOST_CORNERS}")
