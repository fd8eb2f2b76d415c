"""One row of an answer; DuckDB wants every answer read to its end before the next question."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

Cell = str | int | float | None


def first(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Cell] = ()
) -> tuple[Cell, ...] | None:
    """The first row, if any."""
    found = connection.execute(query, list(values)).fetchall()
    return tuple(found[0]) if found else None


def number(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    """The first cell as a number; 0 where there is none."""
    row = first(connection, query)
    return float(row[0]) if row and row[0] is not None else 0.0
