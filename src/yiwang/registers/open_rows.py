"""Rows of an open register for engines above that make an index of it."""

from __future__ import annotations

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import names, table


def open_rows(register: str) -> sql.Composed:
    """A parenthesised SELECT of ``_entry``, ``_version`` and the public and internal fields, as is so now.

    Raises:
        RegisterNotFound: there is none, or it is not open to everybody.
    """
    definition = get_register(register)
    if not definition.open:
        raise RegisterNotFound(register=register)
    fields = [field.name for field in definition.fields if field.secrecy.level <= Secrecy.INTERNAL.level]
    return sql.SQL("(SELECT {} FROM {})").format(
        names(["_entry", "_version", *fields]), table(definition.code)
    )
