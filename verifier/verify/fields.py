"""Values out of a file of unknown origin: of their kind, in their one spelling, or not at all."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping

from .findings import Unreadable


def exact(text: str) -> bytes:
    """Base64 in its one spelling."""
    value = b64decode(text, validate=True)
    if b64encode(value).decode() != text:
        raise ValueError("not the one spelling of base64")
    return value


def canonical(value: dict[str, str]) -> bytes:
    """RFC 8785 for objects of texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def listed(told: Mapping[str, object], name: str) -> list[object]:
    """The list in a field."""
    value = told.get(name)
    if not isinstance(value, list):
        raise Unreadable(f"no list {name!r}")
    return value


def fields(told: object, names: set[str]) -> dict[str, object]:
    """An object of exactly these fields."""
    if not isinstance(told, dict) or set(told) != names:
        raise Unreadable(f"not the fields {sorted(names)}")
    return told


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Unreadable("a field is no text")
    return value


def texts(told: object, names: set[str]) -> dict[str, str]:
    """An object of texts, of exactly these fields."""
    return {name: text(value) for name, value in fields(told, names).items()}


def number(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable("a field is no number")
    return value
