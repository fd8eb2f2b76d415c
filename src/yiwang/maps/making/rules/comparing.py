"""Two versions of a layer side by side: what differs, part by part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

PARTS: Mapping[str, Text] = {
    "title": Text("名称", "Title"),
    "summary": Text("说明", "Summary"),
    "group": Text("分组", "Group"),
    "register": Text("登记簿", "Register"),
    "cases": Text("办件事项", "Items of cases"),
    "shape": Text("图形字段", "Shape"),
    "audience": Text("谁能看", "Who sees it"),
    "measure": Text("统计", "What is counted"),
    "fields": Text("显示的字段", "Fields shown"),
    "only": Text("只画哪些", "Only these entries"),
    "from_zoom": Text("起始级别", "From zoom"),
    "to_zoom": Text("终止级别", "To zoom"),
    "shown": Text("打开地图即显示", "Shown at first"),
    "order": Text("叠放次序", "Order"),
    "style": Text("样式", "Style"),
    "labels": Text("标注", "Labels"),
    "generalise": Text("缩小时的取舍", "From afar"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs, each side as a pack would write it; empty where a side says nothing."""

    part: Text
    before: str
    after: str


def differences(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[Difference, ...]:
    """What differs, in the order in which layers are written."""
    return tuple(
        Difference(words, _written(before.get(part)), _written(after.get(part)))
        for part, words in PARTS.items()
        if before.get(part) != after.get(part)
    )


def _written(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_written(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_inside(each)}" for key, each in value.items())
    return str(value) if not isinstance(value, bool) else ("true" if value else "false")


def _inside(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
