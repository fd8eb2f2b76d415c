"""Lists by key: a page begins after the last row of the one before, so late ones cost what early ones do."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import DateTimeField, Model, Q, QuerySet

from yiwang.cases.contracts.lists import Slice
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")
#: No cursor is longer, and no act of the city older.
_LONGEST = 400
_FIRST_YEAR = 1900
_BAD = Text("翻页参数有误，请从第一页看起。", "This page link is faulty. Start from the first page.")


def cut(
    rows: QuerySet[M],
    *,
    key: str,
    descending: bool,
    after: str | None,
    most: int,
    shape: Callable[[M], Row],
) -> Slice[Row]:
    """Cut a page out of rows ordered by ``key`` and id; ``key`` is a field path without nulls."""
    sign = "-" if descending else ""
    if after:
        value, last_id = _read(after, moments=_is_moment(rows, key))
        beyond = "lt" if descending else "gt"
        rows = rows.filter(Q(**{f"{key}__{beyond}": value}) | Q(**{key: value, f"pk__{beyond}": last_id}))
    found = list(rows.order_by(f"{sign}{key}", f"{sign}pk")[: most + 1])
    more = len(found) > most
    found = found[:most]
    return Slice(
        rows=tuple(shape(row) for row in found),
        after=_written(found[-1], key) if more else None,
    )


def _written(row: Model, key: str) -> str:
    value: object = row
    for part in key.split("__"):
        value = getattr(value, part)
    plain = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([plain, row.pk]).encode()).decode().rstrip("=")


def _is_moment(rows: QuerySet[M], key: str) -> bool:
    """Whether rows are ordered by an instant; else they are ordered by a text."""
    annotation = rows.query.annotations.get(key)
    if annotation is not None:
        return isinstance(annotation.output_field, DateTimeField)
    model: type[Model] = rows.model
    field = None
    for part in key.split("__"):
        field = model._meta.get_field(part)
        model = field.related_model or model
    return isinstance(field, DateTimeField)


def _read(after: str, *, moments: bool) -> tuple[str | datetime, int]:
    """Where a page begins, from its address; whatever no page has written is refused."""
    try:
        decoded = json.loads(base64.urlsafe_b64decode(after[:_LONGEST] + "=" * (-len(after) % 4)))
    except ValueError:
        decoded = None
    match decoded:
        case [str() as text, int() as last_id] if 0 <= last_id < 2**63:
            value = _moment(text) if moments else _plain(text)
            if value is not None:
                return value, last_id
    raise InvalidInput(problems=(FieldProblem("after", _BAD),))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.year >= _FIRST_YEAR else None


def _plain(text: str) -> str | None:
    return text if text.isprintable() else None
