"""CQL2 (21-065r2) as text or JSON to its JSON tree, bounded before anything parses it.

The library ``cql2`` calls itself for every bracket, NOT, sign and operator: 2,000 of them end the process
(1,000 in a thread of 1 MB). Where the text breaks off it tries each bracket twice: 20 open ones take three
seconds. So what it would cost is counted here first, in one pass over the words.
"""

from __future__ import annotations

import json
import re

import cql2
from pydantic import JsonValue

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import FilterWrong, ParameterRefused

MOST_CHARACTERS = 8_192
#: Brackets in brackets; of geometries four are their own.
MOST_NESTED = 12
#: Operators, signs and NOTs between two of AND, OR, a comma or a bracket.
_MOST_RUN = 24
#: Sum over all characters of two to the power of the brackets around each: 0.3 s at worst.
_MOST_TRIES = 300_000
_MOST_JSON_NESTED = 24
_WORDS = re.compile(
    r"'(?:[^']|'')*'?|\"[^\"]*\"?|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\w+|[()\[\],]|[=<>+\-*/^%]|\s+|.",
    re.DOTALL,
)
_OPERATORS = frozenset("=<>+-*/^%") | {"NOT", "LIKE", "DIV", "IN", "BETWEEN", "IS"}
_ENDS = frozenset({"(", ")", "[", "]", ",", "AND", "OR"})
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_ESCAPED = "\\'"
_TOO_LONG = Text(f"长度超过{MOST_CHARACTERS}个字符", f"it is longer than {MOST_CHARACTERS} characters")
_TOO_DEEP = Text("嵌套或连写过多", "it is nested or chained too deeply")
_UNREADABLE = Text("不是有效的CQL2", "this is not CQL2")


def read_filter(said: str, language: str) -> JsonValue:
    """The tree of a filter.

    Raises:
        FilterWrong: it is too long, too deep or not CQL2.
        ParameterRefused: there is no such language.
    """
    if language not in ("cql2-text", "cql2-json"):
        raise ParameterRefused(
            name="filter-lang", why=Text("应为cql2-text或cql2-json", "it is cql2-text or cql2-json")
        )
    if len(said) > MOST_CHARACTERS:
        raise FilterWrong(where=f"{said[:20]}…", why=_TOO_LONG)
    if "\x00" in said:
        raise FilterWrong(where="U+0000", why=_UNREADABLE)
    return _read_json(said) if language == "cql2-json" else _read_text(said)


def _read_text(said: str) -> JsonValue:
    _bound(said)
    try:
        tree: JsonValue = cql2.parse_text(said).to_json()
    except (cql2.ParseError, cql2.ValidationError, ValueError) as problem:
        # a quotation mark in a text may stand after a backslash too, which the library doesn't know
        if _ESCAPED in said:
            return _read_text(said.replace(_ESCAPED, "''"))
        raise FilterWrong(where=_place(str(problem), said), why=_UNREADABLE) from None
    return tree


def _bound(said: str) -> None:
    depth = run = tries = 0
    for found in _WORDS.finditer(said):
        word = found[0].upper()
        depth += (word in ("(", "[")) - (word in (")", "]"))
        run = 0 if word in _ENDS else run + (word in _OPERATORS)
        tries += len(word) << max(0, min(depth, MOST_NESTED))
        if depth > MOST_NESTED or run > _MOST_RUN or tries > _MOST_TRIES:
            raise FilterWrong(where=f"{said[max(0, found.start() - 10) : found.start() + 10]}", why=_TOO_DEEP)


def _read_json(said: str) -> JsonValue:
    depth = most = 0
    for letter in _STRINGS.sub("", said):
        depth += (letter in "[{") - (letter in "]}")
        most = max(most, depth)
    if most > _MOST_JSON_NESTED:
        raise FilterWrong(where=f"{said[:20]}…", why=_TOO_DEEP)
    try:
        tree: JsonValue = json.loads(said, parse_constant=_no_number)
    except ValueError:
        raise FilterWrong(where=f"{said[:20]}…", why=_UNREADABLE) from None
    return tree


def _no_number(said: str) -> float:
    raise ValueError(said)


_PLACE = re.compile(r"--> ([0-9]+):([0-9]+)")


def _place(problem: str, said: str) -> str:
    """Line and column where the library stopped, with the words that stand there."""
    found = _PLACE.search(problem)
    if found is None:
        return f"{said[:20]}…"
    line, column = int(found[1]), int(found[2])
    rows = said.splitlines()
    words = rows[line - 1][column - 1 : column + 19] if line <= len(rows) else ""
    return f"{line}:{column} {words}".strip()
