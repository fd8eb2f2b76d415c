"""Composed SQL inside the present transaction, prepared by the server after its first uses.

Django binds on the client, so the server parses and plans each statement anew; the engines' hot paths
come through here instead. Statements show up in Django's query log like any other, so they are counted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from datetime import time as wall_time
from decimal import Decimal
from typing import LiteralString

from django.db import connection
from psycopg import Connection, Cursor
from psycopg.rows import tuple_row

#: After so many uses on one connection a statement is prepared.
_PREPARE_AFTER = 2
Params = Mapping[str, object] | Sequence[object]


def fetch(statement: LiteralString, params: Params = ()) -> list[tuple[object, ...]]:
    """Run a statement that gives rows."""
    with _cursor() as cursor:
        _run(cursor, statement, params)
        return cursor.fetchall()


def fetch_number(statement: LiteralString, params: Params = ()) -> int:
    """Run a statement that gives one number: an id, a count."""
    [(number,)] = fetch(statement, params)
    assert isinstance(number, int)
    return number


def execute(statement: LiteralString, params: Params = ()) -> int:
    """Run a statement for its effect; gives how many rows it touched."""
    with _cursor() as cursor:
        _run(cursor, statement, params)
        return cursor.rowcount


def json_text(value: object) -> str:
    """Give JSON for a parameter that the statement casts (``%s::jsonb``)."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def texts(value: object) -> tuple[str, ...]:
    """Read a JSON column that holds a list of texts."""
    found = json.loads(value) if isinstance(value, str) else value
    return tuple(str(each) for each in found) if isinstance(found, list) else ()


def _plain(value: object) -> object:
    """Numbers of FEEL are decimals, instants are ISO; anything else is a fault of the caller."""
    if isinstance(value, date | datetime | wall_time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _cursor() -> Cursor[tuple[object, ...]]:
    connection.ensure_connection()
    raw = connection.connection
    assert isinstance(raw, Connection)
    raw.prepare_threshold = _PREPARE_AFTER
    return Cursor(raw, row_factory=tuple_row)


def _run(cursor: Cursor[tuple[object, ...]], statement: LiteralString, params: Params) -> None:
    if not connection.queries_logged:
        cursor.execute(statement, params)
        return
    started = time.perf_counter()
    cursor.execute(statement, params)
    connection.queries_log.append({"sql": statement, "time": f"{time.perf_counter() - started:.3f}"})
