"""Lists by key: a page begins after the last row of the one before, so late ones cost what early ones do."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from yiwang.cases.contracts.lists import Slice
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")
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
        value, last_id = _read(after)
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


def _read(after: str) -> tuple[object, int]:
    try:
        value, last_id = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if isinstance(value, str) and value[:4].isdigit() and "T" in value:
            value = datetime.fromisoformat(value)
        return value, int(last_id)
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError):
        raise InvalidInput(problems=(FieldProblem("after", _BAD),)) from None
