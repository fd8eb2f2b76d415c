"""Versions of entries by the day of which they tell and by what was known then; one version an entry.

Parameters are ``%(valid)s``, a day, and ``%(known)s``, a moment; of a span ``%(since)s`` is its first day.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.registers.tables.columns import history, names, table

_SO = (
    "SELECT {columns} FROM {table} WHERE _valid_from <= %(valid)s::date "
    "AND _known_from <= %(known)s::timestamptz "
    "UNION ALL SELECT {columns} FROM {history} WHERE _known_from <= %(known)s::timestamptz "
    "AND %(known)s::timestamptz < _known_to AND _valid_from <= %(valid)s::date "
    "AND ({first}::date < _valid_to OR %(known)s::timestamptz < _ended_at)"
)


def so_on(register: str, columns: Sequence[str]) -> sql.Composed:
    """What was so on ``%(valid)s``, as the city knew it at ``%(known)s``; a subquery without a name."""
    return sql.SQL("({})").format(_so(register, columns, sql.SQL("%(valid)s")))


def so_during(register: str, columns: Sequence[str]) -> sql.Composed:
    """Of each entry the last that was so from ``%(since)s`` to ``%(valid)s``, both included; likewise.

    ``columns`` has ``_entry``.
    """
    return sql.SQL(
        "(SELECT DISTINCT ON (_entry) {columns} FROM ({versions}) v ORDER BY _entry, _valid_from DESC)"
    ).format(
        columns=names([*columns]),
        versions=_so(register, [*columns, "_valid_from"], sql.SQL("%(since)s")),
    )


def _so(register: str, columns: Sequence[str], first: sql.Composable) -> sql.Composed:
    return sql.SQL(_SO).format(
        columns=names([*columns]), table=table(register), history=history(register), first=first
    )
