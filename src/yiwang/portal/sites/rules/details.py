"""What a kind of page says of itself: its fields, what is written in them, and their faults. Pure.

A field is a column of the kind's table (``<key>``, and ``<key>_en`` where it is also written in English);
a field of kind ``rows`` is a table of its own beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text

FieldKind = Literal[
    "text",
    "long_text",
    "choice",
    "date",
    "number",
    "decimal",
    "address",
    "organisation",
    "file",
    "picture",
    "rows",
]
Scalar = str | int | Decimal | date | None
Row = Mapping[str, Scalar]
Rows = tuple[Row, ...]
Value = Scalar | Rows
Details = Mapping[str, Value]
LONG = 20_000
MOST_ROWS = 200
_FILES = frozenset({"file", "picture"})
_WORDS = frozenset({"text", "long_text"})
_NO_HINT = Text("", "")
_TOO_LONG = Text("最多 {n} 字", "At most {n} characters")
_TOO_MANY = Text("最多 {n} 行", "At most {n} rows")
_MISSING = Text("请填写{what}", "Give the {what}")
_NO_DAY = Text("请填写真实的日期", "Give a real date")
_NO_NUMBER = Text("请填写数字", "Give a number")
_NO_OPTION = Text("请从列出的选项里选", "Choose one of those listed")
_NO_FILE = Text("请选择一个文件", "Choose a file")
_NO_ADDRESS = Text("网址以 / 或 https:// 开头", "An address begins with / or https://")
_ADDRESS = re.compile(r"(?:/(?!/)|https?://)\S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailField:
    """One thing that a kind of page says. ``required`` only keeps it from being published.

    english: the table has ``<key>_en`` beside it. fact: it stands in the list of facts at the page's head.
    schema: name of the property in structured data. lowest, highest: bounds of numbers, both included.
    """

    key: str
    kind: FieldKind
    label: Text
    hint: Text = _NO_HINT
    english: bool = False
    required: bool = False
    fact: bool = True
    limit: int = 200
    options: tuple[tuple[str, Text], ...] = ()
    columns: tuple[DetailField, ...] = ()
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(1_000_000_000)
    schema: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that it is kept in."""
        return (self.key, f"{self.key}_en") if self.english else (self.key,)


def faults(fields: Iterable[DetailField], details: Details, path: str = "") -> Iterator[FieldProblem]:
    """What cannot be kept, also in a draft."""
    for field in fields:
        if field.kind == "rows":
            rows = rows_of(details, field.key)
            if len(rows) > MOST_ROWS:
                yield FieldProblem(f"{path}{field.key}", _TOO_MANY.fill(n=MOST_ROWS))
            for at, row in enumerate(rows):
                yield from faults(field.columns, row, f"{field.key}.{at}.")
            continue
        for name in field.names:
            fault = _fault(field, details.get(name), LONG if field.kind == "long_text" else field.limit)
            if fault is not None:
                yield FieldProblem(f"{path}{name}", fault)


def gaps(fields: Iterable[DetailField], details: Details, path: str = "") -> Iterator[FieldProblem]:
    """What is missing that a published page must have."""
    for field in fields:
        value = details.get(field.key)
        if field.required and value in (None, "", (), 0 if field.kind in _FILES else None):
            missing = _NO_FILE if field.kind in _FILES else _missing(field.label)
            yield FieldProblem(f"{path}{field.key}", missing)
        if field.kind == "rows":
            for at, row in enumerate(rows_of(details, field.key)):
                yield from gaps(field.columns, row, f"{field.key}.{at}.")


def files_of(fields: Iterable[DetailField], details: Details) -> Iterator[tuple[int, bool]]:
    """The files that details name, each with whether it has to be a picture."""
    for field in fields:
        value = details.get(field.key)
        if field.kind in _FILES and isinstance(value, int) and value:
            yield value, field.kind == "picture"
        if field.kind == "rows":
            for row in rows_of(details, field.key):
                yield from files_of(field.columns, row)


def words_of(
    fields: Iterable[DetailField], details: Details, path: str = ""
) -> Iterator[tuple[str, str, bool]]:
    """Everything written in words: the name of its question, what is written, whether that is English."""
    for field in fields:
        if field.kind == "rows":
            for at, row in enumerate(rows_of(details, field.key)):
                yield from words_of(field.columns, row, f"{field.key}.{at}.")
        elif field.kind in _WORDS:
            for name in field.names:
                value = details.get(name)
                if isinstance(value, str) and value:
                    yield f"{path}{name}", value, name != field.key


def trimmed(details: Details) -> Details:
    """Words without white space at their ends, with one kind of line end."""
    return {name: _trimmed(value) for name, value in details.items()}


def rows_of(details: Details, key: str) -> Rows:
    """The rows of a field; none where it has no value."""
    value = details.get(key)
    return value if isinstance(value, tuple) else ()


_ACT = re.compile(r"rows:([a-z_]{1,40}):(add|up|down|drop)(?::(\d{1,3}))?")


def rearranged(fields: Iterable[DetailField], details: Details, act: str) -> Details:
    """Details after one act of the form: ``rows:guests:add``, ``rows:guests:up:2``; others change nothing."""
    found = _ACT.fullmatch(act)
    if found is None or found[1] not in {field.key for field in fields if field.kind == "rows"}:
        return details
    now = list(rows_of(details, found[1]))
    verb, at = found[2], int(found[3]) if found[3] else len(now)
    if verb == "add":
        now.append({})
    elif at < len(now):
        row = now.pop(at)
        if verb != "drop":
            now.insert(max(0, at - 1) if verb == "up" else at + 1, row)
    return {**details, found[1]: tuple(now)}


def _fault(field: DetailField, value: Scalar | Rows, limit: int) -> Text | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) > limit:
        return _TOO_LONG.fill(n=limit)
    fault: Text | None = None
    match field.kind:
        case "date":
            fault = None if isinstance(value, date) else _NO_DAY
        case "number" | "decimal":
            fits = isinstance(value, (int, Decimal)) and field.lowest <= value <= field.highest
            fault = None if fits else _NO_NUMBER
        case "choice":
            fault = None if value in {key for key, _ in field.options} else _NO_OPTION
        case "address":
            fault = None if isinstance(value, str) and _ADDRESS.fullmatch(value) else _NO_ADDRESS
    return fault


def _missing(label: Text) -> Text:
    return Text(_MISSING.zh.format(what=label.zh), _MISSING.en.format(what=label.en.lower()))


def _trimmed(value: Value) -> Value:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, tuple):
        return tuple({name: _scalar(one) for name, one in row.items()} for row in value)
    return value


def _scalar(value: Scalar) -> Scalar:
    trimmed_one = _trimmed(value)
    return None if isinstance(trimmed_one, tuple) else trimmed_one


def fields_with(fields: Sequence[DetailField], key: str) -> DetailField | None:
    """The field of a name."""
    return next((field for field in fields if field.key == key), None)
