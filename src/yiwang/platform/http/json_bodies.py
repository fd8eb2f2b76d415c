"""Bodies of programs: JSON as RFC 8259 means it, and nothing that only Python understands.

Refused with a place: a name that stands twice in an object (two readers would see two requests), NaN and
Infinity, whole numbers longer than any column, U+0000 and lone surrogates, and nesting without end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

#: 18 digits fit a bigint with its sign; no number of the interface is longer.
_MOST_DIGITS = 18


def read_json(body: bytes) -> Any:  # noqa: ANN401 - whoever asked for it says what fits
    """Give what a body says; a ``ValueError`` or ``RecursionError`` refuses it without quoting it."""
    found = json.loads(body, object_pairs_hook=_once, parse_constant=_refuse, parse_int=_whole)
    for text in _texts(found):
        text.encode()  # a lone surrogate has no UTF-8
        if "\x00" in text:
            _refuse("U+0000")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse("a name twice")
    return found


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            yield from _texts([*value.keys(), *value.values()])


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > _MOST_DIGITS:
        _refuse("too long a number")
    return int(digits)


def _refuse(reason: str) -> NoReturn:
    raise ValueError(reason)
