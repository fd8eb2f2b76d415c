"""What a city's file writes of a page's own fields, as the page keeps it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.portal.sites.rules.details import DetailField, Details, Row, Scalar, Value

#: A value as YAML has it; words in two languages are ``{zh: …, en: …}``.
Declared = str | int | float | date | Text
DeclaredRow = Mapping[str, Declared]
DeclaredFields = Mapping[str, Declared | Sequence[DeclaredRow]]
_FILES = frozenset({"file", "picture"})
_UNKNOWN = Text("这类页面没有“{name}”这一项", "A page of this kind has no field {name}")


def unknown(fields: Iterable[DetailField], given: DeclaredFields) -> Iterator[FieldProblem]:
    """Names that the kind does not have."""
    by_key = {field.key: field for field in fields}
    for name, value in given.items():
        field = by_key.get(name)
        if field is None:
            yield FieldProblem(name, _UNKNOWN.fill(name=name))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for at, row in enumerate(value):
                for problem in unknown(field.columns, row):
                    yield FieldProblem(f"{name}.{at}.{problem.path}", problem.text)


def details_of(fields: Iterable[DetailField], given: DeclaredFields) -> Details:
    """Values by the names of columns; what cannot be read stays as written, for ``faults`` to refuse."""
    found: dict[str, Value] = {}
    for field in fields:
        value = given.get(field.key)
        if value is None:
            continue
        if isinstance(value, Sequence) and not isinstance(value, str):
            found[field.key] = tuple(_row(field.columns, row) for row in value)
        else:
            found |= _columns(field, value)
    return found


def file_names(fields: Iterable[DetailField], details: Details | Row) -> Iterator[str]:
    """The files that details name."""
    for field in fields:
        value = details.get(field.key)
        if isinstance(value, tuple):
            for row in value:
                yield from file_names(field.columns, row)
        elif field.kind in _FILES and isinstance(value, str) and value:
            yield value


def with_files(fields: Iterable[DetailField], details: Details, ids: Mapping[str, int]) -> Details:
    """Details whose files are named by id instead of by name."""
    found = dict(details)
    for field in fields:
        value = details.get(field.key)
        if isinstance(value, tuple):
            found[field.key] = tuple(_named(field.columns, row, ids) for row in value)
        elif field.kind in _FILES and isinstance(value, str):
            found[field.key] = ids.get(value)
    return found


def _named(fields: Iterable[DetailField], row: Row, ids: Mapping[str, int]) -> Row:
    files = {field.key for field in fields if field.kind in _FILES}
    return {name: ids.get(str(value)) if name in files else value for name, value in row.items()}


def _row(fields: Iterable[DetailField], given: DeclaredRow) -> Row:
    found: dict[str, Scalar] = {}
    for field in fields:
        value = given.get(field.key)
        if value is not None:
            found |= _columns(field, value)
    return found


def _columns(field: DetailField, value: Declared) -> dict[str, Scalar]:
    if isinstance(value, Text):
        return {field.key: value.zh.strip(), f"{field.key}_en": value.en.strip()}
    return {field.key: read_scalar(field, str(value).strip())}


def read_scalar(field: DetailField, written: str) -> Scalar:
    """What was written as a value of the field's kind; as it stands where it is none."""
    try:
        match field.kind:
            case "number" | "file" | "picture":
                return int(written) if len(written) < 19 else written
            case "decimal":
                number = Decimal(written)
                return number if number.is_finite() else written
            case "date":
                return date.fromisoformat(written)
    except (ValueError, InvalidOperation):
        return written or None
    return written
