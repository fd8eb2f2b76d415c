"""Read the lists of a run into files: each under the grant to the operator, each leaving its trace."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

from django.db import connection
from psycopg import sql

from yiwang.exchange.api import Look, close_batch_look, open_look
from yiwang.exchange.contracts import Purpose
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.definitions import FIELDS, MatchingDefinition
from yiwang.registers.matching.models import Run, Verdict
from yiwang.registers.matching.orders import APART, COLUMNS, SAME
from yiwang.registers.matching.queries.matchings import definition_of_row
from yiwang.registers.provider import row_condition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.sealing import plain


@command(operation="registers.matching.perform")
def read_lists(*, actor: Actor, at: datetime, run: int, folder: Path) -> int:
    """Write ``<resource>.csv`` for each list, and what people decided; gives the rows read.

    Raises:
        NoGrant, GrantNotInForce, FieldsNotGranted, QuotaExhausted: a department has not let the operator
            look at its list; nothing is read.
    """
    row = Run.objects.select_related("matching").get(pk=run)
    definition = definition_of_row(row.matching)
    permit(Scope(organisations=(definition.operator,)), subject=f"matching:{definition.code}")
    purpose = Purpose(kind=definition.purpose, reference=f"{definition.title.zh}第{run}次")
    looks = [_opened(actor, at, definition, name, purpose) for name in definition.resources]
    rows = 0
    for look in looks:
        count = _copy(look, folder / f"{look.resource.code}.csv")
        # the lists are of firms by the departments' own numbers; no row names a person as its subject
        close_batch_look(look, size=count, marks=())
        rows += count
    _write_verdicts(row, folder)
    note(run=run, rows=rows)
    return rows


def _opened(
    actor: Actor, at: datetime, definition: MatchingDefinition, resource: str, purpose: Purpose
) -> Look:
    return open_look(
        actor=actor,
        resource=resource,
        fields=tuple(FIELDS.values()),
        purpose=purpose,
        at=at,
        organisation=definition.operator,
    )


def _copy(look: Look, path: Path) -> int:
    """The rows that the grant covers, streamed by the database."""
    register = get_register(look.resource.source)
    columns = sql.SQL(", ").join(plain(register, FIELDS[name]) for name in COLUMNS)
    conditions = [
        row_condition(register, name, sql.Literal(json.dumps(list(allowed))))
        for name, allowed in look.rows.items()
    ]
    statement = sql.SQL("COPY (SELECT {} FROM {} t WHERE {}) TO STDOUT (FORMAT csv)").format(
        columns, table(register.code), sql.SQL(" AND ").join([sql.SQL("true"), *conditions])
    )
    with path.open("wb") as file, connection.cursor() as cursor:
        file.write((",".join(COLUMNS) + "\n").encode())
        with cursor.copy(statement) as copy:
            for block in copy:
                file.write(block)
        count: int = cursor.rowcount
    return count


def _write_verdicts(run: Run, folder: Path) -> None:
    for name, same in ((SAME, True), (APART, False)):
        decided = Verdict.objects.filter(matching=run.matching, is_same=same).order_by("id")
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(decided.values_list("list_l", "key_l", "list_r", "key_r"))
