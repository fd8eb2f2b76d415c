"""Composed SQL inside the present transaction, prepared by the server after its first uses.

Django binds on the client, so the server parses and plans each statement anew; the engines' hot paths
come through here instead. Statements show up in Django's query log like any other, so they are counted.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as wall_time
from decimal import Decimal
from functools import lru_cache
from typing import LiteralString

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.transaction import atomic
from psycopg import Connection, Cursor, RawCursor
from psycopg.errors import QueryCanceled, UndefinedColumn, UndefinedTable
from psycopg.rows import tuple_row

from yiwang.platform.contracts import TimeLimitReached

#: After so many uses on one connection a statement is prepared.
_PREPARE_AFTER = 2
_NAMED = re.compile(r"%\((\w+)\)s")
Params = Mapping[str, object] | Sequence[object]


def fetch(statement: LiteralString, params: Params = ()) -> list[tuple[object, ...]]:
    """Run a statement that gives rows."""
    with _cursor() as cursor:
        _run(cursor, statement, params)
        return cursor.fetchall()


def fetch_in_turn(
    statements: Sequence[tuple[LiteralString, Params]],
) -> list[list[tuple[object, ...]]]:
    """Run statements in one round trip, in order: each sees what those before it locked or wrote."""
    raw = _raw()
    with ExitStack() as stack:
        stack.enter_context(connections[DEFAULT_DB_ALIAS].wrap_database_errors)
        stack.enter_context(raw.pipeline())
        cursors = [stack.enter_context(Cursor(raw, row_factory=tuple_row)) for _ in statements]
        for cursor, (statement, params) in zip(cursors, statements, strict=True):
            _run(cursor, statement, params)
        return [cursor.fetchall() for cursor in cursors]


def fetch_within(
    milliseconds: int, statements: Sequence[tuple[LiteralString, Params]]
) -> list[list[tuple[object, ...]]]:
    """The same, stopped by the server when a statement takes longer; the limit goes in the same round trip.

    Raises:
        TimeLimitReached: it was stopped.
    """
    limit: tuple[LiteralString, Params] = (_LIMIT, [str(milliseconds)])
    try:
        return fetch_in_turn([limit, *statements])[1:]
    except DatabaseError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise TimeLimitReached(seconds=milliseconds / 1000) from None
        raise


#: For the present transaction; the statements of one round trip are one where none is open.
_LIMIT: LiteralString = "SELECT set_config('statement_timeout', %s, true)"


def limit_time(milliseconds: int) -> None:
    """Let the server stop statements of the present transaction that take longer."""
    fetch(_LIMIT, [str(milliseconds)])


@dataclass(frozen=True, slots=True)
class Part:
    """A write that can share a statement with others: ``name AS (text)``. Parameters are named, and their
    names begin with the part's; what the text returns can be read by later parts under the name."""

    name: LiteralString
    text: LiteralString
    params: Mapping[str, object]


def write_parts(
    parts: Sequence[Part], *, giving: LiteralString = "SELECT 1 WHERE false"
) -> list[tuple[object, ...]]:
    """Do several writes in one statement: one round trip, one kept plan. ``giving`` reads from the parts.

    All see the rows as they were before: no part may change a row that another one makes or changes.
    Foreign keys are checked at commit, so that the order doesn't matter to them.
    """
    statement, names = _composed(tuple((part.name, part.text) for part in parts), giving)
    params = {key: value for part in parts for key, value in part.params.items()}
    with RawCursor(_raw(), row_factory=tuple_row) as cursor:
        _run(cursor, statement, [params[name] for name in names])
        return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement in the server's own spelling, composed once: its text, and its parameters in order."""

    text: LiteralString
    names: tuple[str, ...]


def keep(statement: LiteralString) -> Kept:
    """Spell a statement with ``%(name)s`` for the server."""
    return Kept(*_numbered(statement))


def fetch_kept(kept: Kept, params: Mapping[str, object]) -> list[tuple[object, ...]]:
    """Run a kept statement: nothing is parsed on this side, and the server has its plan."""
    with RawCursor(_raw(), row_factory=tuple_row) as cursor:
        _run(cursor, kept.text, [params[name] for name in kept.names])
        return cursor.fetchall()


def unless_outdated(ask: Callable[[], list[tuple[object, ...]]]) -> list[tuple[object, ...]]:
    """Rows of a statement that was remembered; none where a table or column that it names is no more.

    Such a statement is refused before its own condition (that the law is as it was) can give no rows.
    """
    savepoint = atomic() if connections[DEFAULT_DB_ALIAS].in_atomic_block else nullcontext()
    try:
        with savepoint:
            return ask()
    except DatabaseError as problem:
        if isinstance(problem.__cause__, UndefinedColumn | UndefinedTable):
            return []
        raise


@lru_cache(maxsize=256)
def _composed(
    parts: tuple[tuple[LiteralString, LiteralString], ...], giving: LiteralString
) -> tuple[LiteralString, tuple[str, ...]]:
    """The statement in the server's own spelling, with the names of its parameters in order.

    psycopg would look for ``%(name)s`` again each time, because it keeps no statement above 4096 characters;
    that was a twelfth of an act.
    """
    composed = "WITH " + ", ".join([name + " AS (" + text + ")" for name, text in parts]) + " " + giving
    return _numbered(composed)


def _numbered(statement: LiteralString) -> tuple[LiteralString, tuple[str, ...]]:
    names = tuple(dict.fromkeys(_NAMED.findall(statement)))
    number_of = {name: number for number, name in enumerate(names, start=1)}
    return _NAMED.sub(lambda found: f"${number_of[found[1]]}", statement), names


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
    return _ENCODER.encode(value)


def texts(value: object) -> tuple[str, ...]:
    """Read a JSON column that holds a list of texts."""
    found = json.loads(value) if isinstance(value, str) else value
    return tuple(str(each) for each in found) if isinstance(found, list) else ()


def values_of(text: object) -> Mapping[str, object]:
    """Read an object of JSON, as ``row_to_json(…)::text`` gives a row; anything else has no values."""
    found = json.loads(str(text))
    return found if isinstance(found, dict) else {}


def _plain(value: object) -> object:
    """Numbers of FEEL are decimals, instants are ISO; anything else is a fault of the caller."""
    if isinstance(value, date | datetime | wall_time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)


def _cursor() -> Cursor[tuple[object, ...]]:
    return Cursor(_raw(), row_factory=tuple_row)


def _raw() -> Connection[tuple[object, ...]]:
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    raw = database.connection
    assert isinstance(raw, Connection)
    raw.prepare_threshold = _PREPARE_AFTER
    return raw


def _run(cursor: Cursor[tuple[object, ...]], statement: LiteralString, params: Params) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # looked up once: the proxy costs 10 µs a use
    started = time.perf_counter()
    with database.wrap_database_errors:
        cursor.execute(statement, params)
    if database.queries_logged:
        database.queries_log.append({"sql": statement, "time": f"{time.perf_counter() - started:.3f}"})
