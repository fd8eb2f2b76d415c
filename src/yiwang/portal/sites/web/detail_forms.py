"""The questions about a kind's own fields, drawn from how the kind declares them, and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import QueryDict

from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, Words, sent_date, sent_day
from yiwang.portal.sites.contracts import FileView
from yiwang.portal.sites.rules.declared import read_scalar
from yiwang.portal.sites.rules.details import (
    MOST_ROWS,
    DetailField,
    Details,
    FieldKind,
    Row,
    Scalar,
    Value,
    rows_of,
)

_CONTROLS: dict[FieldKind, str] = {
    "text": "text",
    "address": "text",
    "organisation": "text",
    "long_text": "long_text",
    "choice": "choice",
    "date": "date",
    "number": "integer",
    "decimal": "decimal",
    "file": "division",
    "picture": "division",
}
_HINTS: dict[FieldKind, Text] = {
    "organisation": Text("机构代码", "Code of the organisation"),
    "address": Text("以 / 或 https:// 开头", "Begins with / or https://"),
}
_SHORT, _WIDE = 60, 40
Files = tuple[FileView, ...]


def detail_controls(
    fields: Iterable[DetailField], details: Details, files: Files, *, english: bool
) -> list[Control]:
    """The questions that are asked once a page, in one language."""
    return [
        _control(field, field.key, details, files, english=english)
        for field in fields
        if field.kind != "rows" and (field.english or not english)
    ]


def row_groups(
    fields: Iterable[DetailField], details: Details, files: Files, *, english: bool
) -> list[dict[str, object]]:
    """The questions that are asked once a row: a group for each field of rows, a block for each row."""
    return [
        {
            "key": field.key,
            "title": field.label,
            "hint": field.hint,
            "rows": [_block(field, at, row, files, english=english) for at, row in enumerate(rows)],
            "last": len(rows) - 1,
        }
        for field in fields
        if field.kind == "rows" and (not english or any(one.english for one in field.columns))
        for rows in (rows_of(details, field.key),)
    ]


def typed_details(
    fields: Iterable[DetailField], before: Details, data: QueryDict, *, english: bool
) -> Details:
    """Details as the form sent them; the form of the other language keeps what it does not ask."""
    found: dict[str, Value] = dict(before)
    for field in fields:
        if field.kind == "rows":
            found[field.key] = _typed_rows(field, rows_of(before, field.key), data, english=english)
        else:
            found |= _typed(field, field.key, data, english=english)
    return found


def _block(field: DetailField, at: int, row: Row, files: Files, *, english: bool) -> dict[str, object]:
    asked = [one for one in field.columns if one.english or not english]
    twins = [f"{one.key}_en" for one in asked if one.english and not english]
    return {
        "at": at,
        "number": at + 1,
        # the English of a row goes with it when the Chinese form moves it
        "kept": [(f"{field.key}.{at}.{name}", row.get(name) or "") for name in twins],
        "controls": [
            _control(one, f"{field.key}.{at}.{one.key}", row, files, english=english, own=one.key)
            for one in asked
        ],
    }


def _control(
    field: DetailField, name: str, given: Mapping[str, Value], files: Files, *, english: bool, own: str = ""
) -> Control:
    key = own or field.key
    ends = "_en" if english else ""
    value = given.get(f"{key}{ends}")
    long = field.kind == "long_text"
    return Control(
        kind=_CONTROLS[field.kind],
        name=f"{name}{ends}",
        label=Text(f"{field.label.zh}（英文）", f"{field.label.en} (English)") if english else field.label,
        hint=_chinese(given.get(key)) if english else _hint(field),
        value=_shown(value),
        options=_options(field, files),
        required=False,
        rows=8 if long else 5,
        width=0 if long or field.limit > _SHORT else min(_WIDE, field.limit),
        max_length=field.limit if field.kind == "text" else 0,
    )


def _hint(field: DetailField) -> Words:
    return field.hint if field.hint.zh else _HINTS.get(field.kind, "")


def _chinese(value: Value) -> str:
    """The Chinese beside which the English is written, shortened."""
    return value[:200] if isinstance(value, str) else ""


def _shown(value: Value) -> object:
    if isinstance(value, date):
        return value
    return "" if value is None else str(value)


def _options(field: DetailField, files: Files) -> list[Option]:
    if field.kind == "choice":
        return [Option(value=key, label=label) for key, label in field.options]
    if field.kind in {"file", "picture"}:
        fitting = [one for one in files if one.is_picture or field.kind == "file"]
        return [Option(value=str(one.id), label=f"{one.id} · {one.name}") for one in fitting]
    return []


def _typed(field: DetailField, name: str, data: QueryDict, *, english: bool) -> dict[str, Scalar]:
    if english:
        return {f"{field.key}_en": data.get(f"{name}_en", "").strip()} if field.english else {}
    if field.kind == "date":
        parts = sent_date(data, name)
        day = sent_day(data, name)
        return {field.key: day if day or not any(parts.values()) else "-".join(parts.values())}
    return {field.key: read_scalar(field, data.get(name, "").strip())}


def _typed_rows(
    field: DetailField, before: tuple[Row, ...], data: QueryDict, *, english: bool
) -> tuple[Row, ...]:
    found: list[Row] = []
    for at in range(MOST_ROWS + 1):
        if f"{field.key}.{at}" not in data:
            break
        known = before[at] if at < len(before) else {}
        row: dict[str, Scalar] = dict(known) if english else {}
        for one in field.columns:
            name = f"{field.key}.{at}.{one.key}"
            row |= _typed(one, name, data, english=english)
            if one.english and not english:
                row |= _typed(one, name, data, english=True)
        found.append(row)
    return tuple(found)
