"""Write the rows of a cut into a file, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from django.db import connection

from yiwang.exchange.api import entity_reference, mark_of, person_reference
from yiwang.registers.contracts import ExportFormat
from yiwang.registers.exporting.cut import Cut
from yiwang.registers.exporting.sinks import sink
from yiwang.registers.tables.running import telling_seals


def write_rows(cut: Cut, form: ExportFormat, path: Path, marks: IO[bytes] | None = None) -> int:
    """Copy the rows to a file and the marks of those concerned to another; gives how many rows.

    The server sends one message a row, so neither side ever holds more than one.

    Raises:
        StorageFull: the disk has no room.
    """
    number = 0
    concerned = marks if cut.tells_of_people else None
    with (
        telling_seals(),
        sink(path, form, cut) as put,
        # a copy's faults come from psycopg itself, as Django sees it
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(cut.statement(form), cut.parameters() or None) as copy,
    ):
        for message in copy:
            subject, _, line = bytes(message).partition(b",")
            put(line)
            number += 1
            if subject and concerned is not None:
                concerned.write(_mark(subject))
    return number


def _mark(subject: bytes) -> bytes:
    number = subject[1:].decode()
    return mark_of(person_reference(number) if subject[:1] == b"p" else entity_reference(number))
