"""One at a time, also over several transactions: who comes second waits until the first is through.

A small file is worked on in the officer's request while the worker takes up its job: one of them waits,
looks, and finds it done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(key: str) -> Iterator[None]:
    """Hold a lock of the database's session by this name; it ends with the connection, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
