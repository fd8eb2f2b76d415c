"""Run composed SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg import sql

from yiwang.platform.sql import fetch, fetch_within

#: What a statement takes (a datetime is a date to Python).
Parameter = int | float | Decimal | str | date | None
Parameters = Mapping[str, Parameter]


def rows(statement: sql.Composed, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
    """Run and give all rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(parameters) if parameters is not None else None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def rows_kept(statement: sql.Composed, parameters: Parameters) -> list[tuple[Any, ...]]:
    """The same for statements that come again and again: the server keeps their plan."""
    found: list[tuple[Any, ...]] = fetch(statement.as_string(), dict(parameters))
    return found


def rows_within(
    milliseconds: int, statements: Sequence[tuple[sql.Composed, Parameters]]
) -> list[list[tuple[Any, ...]]]:
    """Several of them in one round trip, each stopped when it takes longer.

    Raises:
        TimeLimitReached: one was stopped.
    """
    texts = [(statement.as_string(), dict(parameters)) for statement, parameters in statements]
    found: list[list[tuple[Any, ...]]] = fetch_within(milliseconds, texts)
    return found


def row(statement: sql.Composed, parameters: Parameters | None = None) -> tuple[Any, ...] | None:
    """Run and give the first row, if any."""
    found = rows(statement, parameters)
    return found[0] if found else None


def run(statement: sql.Composed, parameters: Parameters | None = None) -> int:
    """Run and give the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(parameters) if parameters is not None else None)
        touched: int = cursor.rowcount
    return touched
