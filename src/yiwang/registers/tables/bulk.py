"""A file's rows in a table of texts, judged and entered by set-based SQL."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db import connection
from psycopg import sql

from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.loading.sheet import Row
from yiwang.registers.tables.looked_over import note_unlikely, repair
from yiwang.registers.tables.running import Parameters, rows, run
from yiwang.registers.tables.staged import own_faults, shared_faults
from yiwang.registers.tables.writing import insert

_TOLD_EVERY = 10_000


class Stage:
    """Three tables: the rows as they came, what is wrong with which, and what is to be noted of them.

    They are temporary, or with ``kept`` (a number) outlive the transaction, so that a load can go on after
    its process was killed. Kept ones are not logged: a crash of the database empties them (see ``count``).
    """

    def __init__(
        self, definition: RegisterDefinition, fields: Sequence[FieldDefinition], *, kept: int | None = None
    ) -> None:
        self.definition = definition
        self.fields = fields
        self._is_kept = kept is not None
        mark = secrets.token_hex(6)
        # registers' codes begin with a letter, so none is called like this
        self.table = sql.Identifier("reg", f"_stage_{kept}") if kept else sql.Identifier(f"stage_{mark}")
        self.notes = sql.Identifier("reg", f"_notes_{kept}") if kept else sql.Identifier(f"notes_{mark}")
        self.faults = sql.Identifier("reg", f"_faults_{kept}") if kept else sql.Identifier(f"faults_{mark}")

    def __enter__(self) -> Stage:
        self.make()
        return self

    def make(self) -> None:
        """Make the tables anew."""
        if self._is_kept:
            self.drop()
        kind, end = ("UNLOGGED", "") if self._is_kept else ("TEMP", " ON COMMIT DROP")
        columns = sql.SQL(", ").join(
            sql.SQL("{} text").format(sql.Identifier(field.name)) for field in self.fields
        )
        made = sql.SQL("CREATE {kind} TABLE {table} (line bigint, {columns}){end}")
        shape = {"kind": sql.SQL(kind), "end": sql.SQL(end)}
        run(made.format(table=self.table, columns=columns, **shape))
        run(made.format(table=self.faults, columns=sql.SQL("field text, reason text"), **shape))

        run(made.format(table=self.notes, columns=sql.SQL("field text, reason text, said text"), **shape))

    def drop(self) -> None:
        """Remove all."""
        run(sql.SQL("DROP TABLE IF EXISTS {}, {}, {}").format(self.table, self.faults, self.notes))

    def count(self) -> int:
        """How many rows are staged; -1 where the tables are gone."""
        ((is_there,),) = rows(
            sql.SQL("SELECT to_regclass({}) IS NOT NULL").format(sql.Literal(self.table.as_string()))
        )
        if not is_there:
            return -1
        ((number,),) = rows(sql.SQL("SELECT count(*) FROM {}").format(self.table))
        return int(number)

    def forget_faults(self) -> None:
        """Begin the judgement anew."""
        run(sql.SQL("TRUNCATE {}, {}").format(self.faults, self.notes))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and not self._is_kept:
            self.drop()

    def take(self, found: Iterable[Row], told: Callable[[int], None]) -> int:
        """Copy the rows in; gives how many."""
        number = 0
        columns = sql.SQL(", ").join(sql.Identifier(field.name) for field in self.fields)
        statement = sql.SQL("COPY {} (line, {}) FROM STDIN").format(self.table, columns)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for line in found:
                copy.write_row((line.line, *line.cells))
                number += 1
                if number % _TOLD_EVERY == 0:
                    told(number)
        run(sql.SQL("ANALYZE {}").format(self.table))
        return number

    def judge(self, *, keys: Mapping[str, str], valid_from: date, repairing: bool = False) -> int:
        """Find every fault, and note what is unlikely; gives the number of bad rows.

        With ``repairing`` borders that cross themselves are made whole first, and noted.
        """
        if repairing:
            repair(self.fields, self.table, self.notes)
        bad = self._judge(keys=keys, valid_from=valid_from)
        note_unlikely(self.definition, self.fields, self.table, self.faults, self.notes)
        return bad

    def _judge(self, *, keys: Mapping[str, str], valid_from: date) -> int:
        into = sql.SQL("INSERT INTO {} {}")
        found = run(into.format(self.faults, own_faults(self.fields, self.table)))
        clashes = shared_faults(self.definition, self.fields, self._good(any_bad=bool(found)), keys=keys)
        if clashes is not None:
            found += run(into.format(self.faults, clashes), {"valid_from": valid_from})
        if not found:
            return 0
        ((bad,),) = rows(sql.SQL("SELECT count(DISTINCT line) FROM {}").format(self.faults))
        return int(bad)

    def problems(self, limit: int) -> list[tuple[int, str, str]]:
        """Line, field and reason of the first faults, in the order of the file."""
        order = sql.SQL(", ").join(sql.Literal(field.name) for field in self.fields)
        statement = sql.SQL(
            "SELECT line, field, reason FROM {} "
            "ORDER BY line, array_position(ARRAY[{}], field), reason LIMIT {}"
        ).format(self.faults, order, sql.Literal(limit))
        return [(line, field, reason) for line, field, reason in rows(statement)]

    def noted(self, limit: int) -> list[tuple[int, str, str, str]]:
        """Line, field, reason and what is said with it of the first notes, in the order of the file."""
        statement = sql.SQL("SELECT line, field, reason, said FROM {} ORDER BY line, field, reason LIMIT {}")
        found = rows(statement.format(self.notes, sql.Literal(limit)))
        return [(line, field, reason, said or "") for line, field, reason, said in found]

    def enter(self, parameters: Parameters, *, any_bad: bool) -> int:
        """Enter the good rows; gives how many."""
        return run(insert(self.definition, self.fields, self._good(any_bad=any_bad)), parameters)

    def _good(self, *, any_bad: bool) -> sql.Composable:
        if not any_bad:
            return self.table
        return sql.SQL(
            "(SELECT g.* FROM {} g WHERE NOT EXISTS (SELECT FROM {} f WHERE f.line = g.line))"
        ).format(self.table, self.faults)
