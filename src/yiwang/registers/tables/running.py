"""Run composed SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, connection
from psycopg import sql

from yiwang.platform.sql import Kept, fetch_kept, fetch_within
from yiwang.registers.seal_errors import SealBroken, SealKeyWrong

#: What a statement takes (a datetime is a date to Python).
Parameter = int | float | Decimal | str | date | None
Parameters = Mapping[str, Parameter]


@contextmanager
def telling_seals() -> Iterator[None]:
    """Say in words that something encrypted can't be read.

    Raises:
        SealKeyWrong, SealBroken: see there.
    """
    try:
        yield
    except DatabaseError as problem:
        state = getattr(problem.__cause__, "sqlstate", None) or ""
        if state == "YW003":
            raise SealBroken from None
        if state.startswith("YW"):
            raise SealKeyWrong from None
        raise


@telling_seals()
def rows(statement: sql.Composed, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
    """Run and give all rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(parameters) if parameters is not None else None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@telling_seals()
def rows_kept(kept: Kept, parameters: Parameters) -> list[tuple[Any, ...]]:
    """The same for statements that come again and again: spelled once, and the server keeps their plan."""
    found: list[tuple[Any, ...]] = fetch_kept(kept, parameters)
    return found


@telling_seals()
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


@telling_seals()
def row(statement: sql.Composed, parameters: Parameters | None = None) -> tuple[Any, ...] | None:
    """Run and give the first row, if any."""
    found = rows(statement, parameters)
    return found[0] if found else None


@telling_seals()
def run(statement: sql.Composed, parameters: Parameters | None = None) -> int:
    """Run and give the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(parameters) if parameters is not None else None)
        touched: int = cursor.rowcount
    return touched
