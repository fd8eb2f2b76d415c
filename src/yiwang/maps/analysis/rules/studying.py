"""Read what a study is asked for: each method says what it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, get_args

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Method, StudyAsked
from yiwang.maps.analysis.rules.typed import Faults, read_corners, read_number

METHODS: tuple[Method, ...] = get_args(Method)
#: What a method needs beside its layer.
NEEDS_OTHER = frozenset({"near", "nearest", "walk", "intersection", "difference", "counts"})
NEEDS_METRES: Mapping[str, tuple[int, int]] = {
    "near": (1, 5_000),
    "buffer": (1, 5_000),
    "cells": (50, 20_000),
    "hot_spots": (50, 20_000),
}
#: Metres that are walked in a minute (4.8 km an hour).
PACE = 80
NEEDS_MINUTES: Mapping[str, tuple[int, int]] = {"walk": (1, 60)}
_CODE = re.compile(r"[a-z][a-z0-9_]{1,40}", re.ASCII)
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
    said: Mapping[str, str], name: str, unit: Text, bounds: tuple[int, int], faults: Faults
) -> float | None:
    least, most = bounds
    found = read_number(said.get(name, ""), unit, Decimal(least), Decimal(most))
    if isinstance(found, Text):
        faults[name] = found
        return None
    return float(found)


def read_area(text: str, faults: Faults) -> str:
    """A drawn area as well-known text; nothing where none was drawn."""
    if not text.strip():
        return ""
    corners = _written(text, "area", faults)
    return f"POLYGON(({', '.join([*corners, corners[0]])}))" if corners else ""


def read_line(text: str, faults: Faults) -> str:
    """A drawn line as well-known text."""
    corners = _written(text, "line", faults)
    return f"LINESTRING({', '.join(corners)})" if corners else ""


def _written(text: str, name: Literal["area", "line"], faults: Faults) -> list[str]:
    """Corners as well-known text has them; none where there is a fault."""
    corners = read_corners(text, is_line=name == "line")
    if isinstance(corners, Text):
        faults[name] = corners
        return []
    return [f"{east:.7f} {north:.7f}" for east, north in corners]
