"""Processes to and from JSON: the form in which applied definitions are stored, stable across releases.

Only what differs from the default is written, keys in the order of the model, so that equal processes
have equal texts and a stored definition can be hashed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum

from yiwang.cases.rules.process.model import Flow, JoinKind, JoinRule, Many, Node, NodeKind, Process
from yiwang.kernel.text import Text, text_from

Stored = dict[str, object]
_FORMAT = 1


def to_json(process: Process) -> Stored:
    """Give a JSON object; ``from_json`` gives an equal process back."""
    return {"format": _FORMAT, **_written(process)}


def from_json(stored: Mapping[str, object]) -> Process:
    """Read a stored process; a malformed one raises ValueError."""
    try:
        if stored["format"] != _FORMAT:
            raise ValueError(f"unknown format {stored['format']!r} of a stored process")
        values = {key: _process_value(key, value) for key, value in stored.items() if key != "format"}
        return Process(**values)  # type: ignore[arg-type]  # each value was made by its key's reader
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"not a stored process: {wrong!r}") from wrong


def _written(value: Process | Node | Flow | Many | JoinRule) -> Stored:
    written: Stored = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if held != field.default:
            written[field.name] = _plain(held)
    return written


def _plain(held: object) -> object:
    match held:
        case Text():
            return held.as_dict()
        case Many() | JoinRule() | Node() | Flow():
            return _written(held)
        case StrEnum():
            return held.value
        case Decimal():
            # With a point, so that a share of 1.0 is never read back as a count of 1.
            return f"{held:f}" if held != held.to_integral_value() else f"{held:.1f}"
        case tuple():
            return [_plain(each) for each in held]
        case _:
            return held


def _objects(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise TypeError("a list of objects is wanted")
    return value


def _object(value: object) -> Mapping[str, object]:
    return _objects([value])[0]


def _text(value: object) -> Text:
    pair = _object(value)
    return text_from({"zh": str(pair["zh"]), "en": str(pair["en"])})


def _process_value(key: str, value: object) -> object:
    match key:
        case "nodes":
            return tuple(_node(each) for each in _objects(value))
        case "flows":
            return tuple(Flow(**_read(each)) for each in _objects(value))  # type: ignore[arg-type]
        case "name":
            return _text(value)
        case _:
            return value


def _read(stored: Mapping[str, object]) -> dict[str, object]:
    return {key: _text(value) if key == "name" else value for key, value in stored.items()}


def _node(stored: Mapping[str, object]) -> Node:
    values = _read(stored)
    values["kind"] = NodeKind(str(values["kind"]))
    outcomes = values.get("outcomes", [])
    values["outcomes"] = tuple(outcomes) if isinstance(outcomes, list) else ()
    if "many" in values:
        many = dict(_object(values["many"]))
        if "rule" in many:
            many["rule"] = _rule(_object(many["rule"]))
        values["many"] = Many(**many)  # type: ignore[arg-type]
    return Node(**values)  # type: ignore[arg-type]


def _rule(stored: Mapping[str, object]) -> JoinRule:
    values = dict(stored)
    if "kind" in values:
        values["kind"] = JoinKind(str(values["kind"]))
    if isinstance(values.get("quorum"), str):
        values["quorum"] = Decimal(str(values["quorum"]))
    return JoinRule(**values)  # type: ignore[arg-type]
