"""The database of a benchmark: its address, and acts in it that are undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import Cursor
from psycopg.conninfo import make_conninfo


def dsn() -> str:
    """Its address for bare psycopg."""
    found = connection.get_connection_params()
    parts = {key: found[key] for key in ("host", "port", "user", "password", "dbname") if found.get(key)}
    return make_conninfo(**parts)


@contextmanager
def undone() -> Iterator[Cursor]:
    """Commands run and seem to commit, but all in one transaction, which is rolled back at the end."""
    connection.ensure_connection()
    raw = connection.connection
    raw.autocommit = False
    connection._set_autocommit = lambda autocommit: None
    connection._commit = lambda: None
    try:
        with Cursor(raw) as cursor:
            yield cursor
    finally:
        del connection._set_autocommit, connection._commit
        raw.rollback()
        raw.autocommit = True


def vacuum() -> None:
    """Clear away what was undone, and let the planner know the tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
