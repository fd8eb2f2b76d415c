"""A feature as a program sends it back: whole, or as a merge patch (RFC 7386)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.rules.texts import text_of

WHOLE, PATCH = "application/geo+json", "application/merge-patch+json"
_LONGEST = 5_000_000
#: What a feature is read with and is no part of what may differ.
_BESIDE = frozenset({"links", "bbox"})


@dataclass(frozen=True, slots=True)
class SentFeature:
    """What is wanted. ``geometry`` None: nothing is said of it, or that there be none."""

    geometry: JsonValue
    says_geometry: bool
    properties: Mapping[str, JsonValue]


def read_sent(body: bytes, entry: int | None) -> SentFeature:
    """Read a feature or a patch of one; without ``entry`` a new one, whose id the register gives.

    Raises:
        InvalidInput: it is no JSON, or no feature, or another one.
    """
    said = _json(body)
    if not isinstance(said, dict):
        raise problem("", Text("应为JSON对象", "it is an object of JSON"))
    for name in said:
        if name not in {"type", "id", "geometry", "properties"} | _BESIDE:
            raise problem(name[:60], Text("要素没有这个成员", "a feature has no such member"))
    if said.get("type", "Feature") != "Feature":
        raise problem("type", Text("应为Feature", "it is Feature"))
    if entry is not None and "id" in said and said["id"] not in (entry, str(entry)):
        raise problem("id", Text("与地址中的编号不同", "it is another one than the address names"))
    properties = said.get("properties")
    if properties is not None and not isinstance(properties, dict):
        raise problem("properties", Text("应为JSON对象", "it is an object of JSON"))
    return SentFeature(said.get("geometry"), "geometry" in said, properties or {})


def text_at(name: str, value: JsonValue) -> str:
    """The value of a property as a form would send it; nothing is an empty text.

    Raises:
        InvalidInput: it is no single value.
    """
    if isinstance(value, list | dict):
        raise problem(f"properties.{name}", Text("应为单个值", "it is a single value"))
    return text_of(value)


def problem(path: str, why: Text) -> InvalidInput:
    """What is wrong at a place."""
    return InvalidInput(problems=(FieldProblem(path, why),))


def _json(body: bytes) -> JsonValue:
    if len(body) > _LONGEST:
        raise problem("", Text("过长", "it is too long"))
    try:
        found: JsonValue = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise problem("", Text("不是有效的JSON", "this is no JSON")) from None
    return found


def _refuse(said: str) -> float:
    raise ValueError(said)
