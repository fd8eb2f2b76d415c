"""Read what a check before digging is asked for: the ground, a depth, days and a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Asked, Ground
from yiwang.maps.analysis.rules.typed import Faults, read_corners, read_number

#: In metres.
_LEAST, _DEEPEST, _WIDEST = Decimal("0.1"), Decimal(60), Decimal("50.0")
_METRES = Text("米", "metres")
_LEAST_WORDS, _MOST_WORDS = 4, 200
_IDENTITY = re.compile(r"\d{17}[\dXx]")


def read_asked(said: Mapping[str, str]) -> tuple[Asked | None, Faults]:
    """What is asked for, or what is wrong with it by question."""
    faults: Faults = {}
    is_line = said.get("shape") == "line"
    corners = read_corners(said.get("corners", ""), is_line=is_line)
    if isinstance(corners, Text):
        faults["corners"] = corners
    width = _metres(said, "width", _WIDEST, faults) if is_line else None
    depth = _metres(said, "depth", _DEEPEST, faults)
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
    if faults or isinstance(corners, Text) or depth is None or begins is None or ends is None:
        return None, faults
    ground = Ground(corners=corners, width=float(width) if width is not None else None, depth=depth)
    return Asked(ground=ground, begins=begins, ends=ends, reason=reason), faults


def _metres(said: Mapping[str, str], name: str, most: Decimal, faults: Faults) -> Decimal | None:
    found = read_number(said.get(name, ""), _METRES, _LEAST, most)
    if isinstance(found, Text):
        faults[name] = found
        return None
    return found


def _day(text: str, name: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        faults[name] = Text("请填日期，如2026-12-01", "Give a day, such as 2026-12-01")
        return None
