"""The floor: the very rows that completions write, written by bare psycopg with prepared statements.

What the completions of one joint approval write is captured by triggers, and undone; all others are alike.
The replay does it in as many transactions, with the same lock (the rows of the case and its parent), table by
table in the same order, with nothing read, thought or checked. New ids come from the sequences again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import psycopg
from psycopg import sql

#: A department and a step.
Key = tuple[str, str]
_LOCK = "SELECT id FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
_TRIGGERS = """
CREATE TABLE bench_written (id bigserial, act int, tab text, op text, old jsonb, new jsonb);
CREATE FUNCTION bench_capture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bench_written (act, tab, op, old, new) VALUES (
        current_setting('bench.act')::int, TG_TABLE_NAME, TG_OP,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
        CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
    RETURN NULL;
END $$;
DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT tablename FROM pg_tables  -- PostGIS brings tables of the superuser
             WHERE schemaname = 'public' AND tableowner = current_user AND tablename <> 'bench_written' LOOP
        EXECUTE format('CREATE TRIGGER bench_capture AFTER INSERT OR UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION bench_capture()', t);
    END LOOP;
END $$;
"""
_FOREIGN_KEYS = """
SELECT k.conrelid::regclass::text, a.attname, k.confrelid::regclass::text
FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
"""
_JSON_COLUMNS = """
SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE atttypid = 'jsonb'::regtype AND attnum > 0
"""
_WRITTEN = "SELECT act, tab, op, old::text, new::text FROM bench_written ORDER BY id"
_PARTS = (("cases_token", "case_id"), ("cases_task", "case_id"), ("cases_clock", "case_id"))
#: Points to a leaf without a foreign key: evidence outlives what it is about.
_SOFT_KEYS = {("cases_caseevent", "leaf"): "trust_ledgerleaf"}


@dataclass(frozen=True, slots=True)
class Columns:
    """What must be known of columns: which refer to what, and which hold JSON."""

    references: dict[tuple[str, str], str]
    json: frozenset[tuple[str, str]]
    #: Tables whose new ids are needed again.
    needed: frozenset[str]


class Reference(NamedTuple):
    """An id that differs from family to family: of a row that was there, or one that the replay writes."""

    table: str
    id: int
    family: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One write: its text, its parameters, and the rows whose new ids it gives."""

    text: str
    params: tuple[object, ...]
    gives: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Transaction:
    """What one completion writes: rows it locks, then its statements."""

    locks: tuple[object, ...]
    statements: tuple[Statement, ...]


class Written(NamedTuple):
    """One row as a trigger saw it."""

    table: str
    op: str
    old: dict
    new: dict

    @classmethod
    def read(cls, table: str, op: str, *rows: str | None) -> Written:
        old, new = (json.loads(row) if row else {} for row in rows)
        return cls(table, op, old, new)

    @property
    def same_values(self) -> str:
        """What an update sets, as a text to group by."""
        if self.op == "INSERT":
            return ""
        changed = {column: value for column, value in self.new.items() if value != self.old[column]}
        return json.dumps(changed or {"id": self.new["id"]})


@dataclass
class Capture:
    """Triggers, made in a transaction that is undone; and the transactions that they saw."""

    cursor: psycopg.Cursor
    acts: dict[int, tuple[Key, list[int]]] = field(default_factory=dict)

    def begin(self) -> None:
        self.cursor.execute(_TRIGGERS)

    def next_act(self, key: Key, locks: list[int]) -> None:
        """Name the act that follows, and the cases that it locks."""
        number = len(self.acts)
        self.acts[number] = key, locks
        self.cursor.execute(f"SET bench.act = {number}")

    def transactions(self) -> dict[Key, Transaction]:
        """What each act wrote; ids stand as references."""
        references = {(table, column): target for table, column, target in self.cursor.execute(_FOREIGN_KEYS)}
        references |= _SOFT_KEYS
        json_columns = frozenset(self.cursor.execute(_JSON_COLUMNS).fetchall())
        rows = self.cursor.execute(_WRITTEN).fetchall()
        needed = {row[1] for row in rows if row[2] == "UPDATE"} | set(references.values())
        columns = Columns(references, json_columns, frozenset(needed))
        found = {}
        for act, written in groupby(rows, key=lambda row: row[0]):
            key, locks = self.acts[act]
            statements = _statements([Written.read(*row[1:]) for row in written], columns)
            found[key] = Transaction(
                tuple(Reference("cases_case", case) for case in locks), tuple(statements)
            )
        return found


def _statements(rows: list[Written], known: Columns) -> Iterator[Statement]:
    """One statement for the rows that go into a table together, or get the same values together."""
    for (table, op, values), group in groupby(rows, key=lambda row: (row.table, row.op, row.same_values)):
        if op == "INSERT":
            yield _insert(table, [row.new for row in group], known)
        else:
            assert op == "UPDATE", (table, op)
            yield _update(table, json.loads(values), [row.old["id"] for row in group], known)


def _insert(table: str, rows: list[dict], known: Columns) -> Statement:
    columns = [column for column in rows[0] if column != "id"]
    line = sql.SQL("({})").format(sql.SQL(", ").join(sql.Placeholder() * len(columns)))
    text = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([line] * len(rows)),
    )
    params = tuple(_param(table, column, row[column], known) for row in rows for column in columns)
    if table not in known.needed:
        return Statement(text.as_string(), params)
    made = tuple(Reference(table, row["id"]) for row in rows)
    return Statement(text.as_string() + " RETURNING id", params, made)


def _update(table: str, values: dict[str, object], ids: list[int], known: Columns) -> Statement:
    text = sql.SQL("UPDATE {} SET {} WHERE id IN ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in values),
        sql.SQL(", ").join(sql.Placeholder() * len(ids)),
    )
    params = tuple(_param(table, column, value, known) for column, value in values.items())
    return Statement(text.as_string(), (*params, *(Reference(table, row) for row in ids)))


def _param(table: str, column: str, value: object, known: Columns) -> object:
    """Texts of unknown type, which the server reads by the column's own type."""
    target = known.references.get((table, column))
    if value is None:
        return None
    if target is not None and isinstance(value, int):
        return Reference(target, value)
    if (table, column) in known.json or not isinstance(value, str | list):
        return json.dumps(value, ensure_ascii=False)
    return value


@dataclass(frozen=True, slots=True)
class Family:
    """The rows of a joint approval that were there before, by table in order of their ids; its number."""

    number: str
    rows: dict[str, list[int]]

    @classmethod
    def of(cls, cursor: psycopg.Cursor, parent: int) -> Family:
        [(number,)] = cursor.execute("SELECT number FROM cases_case WHERE id = %s", (parent,)).fetchall()
        rows = {}
        for table, column in (("cases_case", "id"), *_PARTS):
            wanted = sql.SQL(
                "SELECT t.id FROM {} t JOIN cases_case c ON c.id = t.{} WHERE c.id = %s OR c.parent_id = %s"
                " ORDER BY t.id"
            ).format(sql.Identifier(table), sql.Identifier(column))
            rows[table] = [found for (found,) in cursor.execute(wanted, (parent, parent)).fetchall()]
        return cls(number, rows)


def for_family(transaction: Transaction, pattern: Family, family: Family) -> Transaction:
    """The same transaction for another family: its ids, its number in texts."""
    ids = {
        Reference(table, old): new
        for table, olds in pattern.rows.items()
        for old, new in zip(olds, family.rows[table], strict=True)
    }
    own = family.rows["cases_case"][0]

    def fit(value: object) -> object:
        if isinstance(value, Reference):
            return ids.get(value) or value._replace(family=own)
        return value.replace(pattern.number, family.number) if isinstance(value, str) else value

    statements = tuple(
        Statement(
            each.text,
            tuple(fit(param) for param in each.params),
            tuple(made._replace(family=own) for made in each.gives),
        )
        for each in transaction.statements
    )
    return Transaction(tuple(fit(case) for case in transaction.locks), statements)


class Replay:
    """The floor's client: keeps its connection, and the new ids of rows that it wrote."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.Connection | None = None
        self._ids: dict[Reference, int] = {}

    def __call__(self, share: Sequence[Transaction]) -> object:
        if self._connection is None:
            self._connection = psycopg.connect(self._dsn, prepare_threshold=0)
            self._connection.prepared_max = None
        return lambda: self._run(share)

    def _run(self, share: Sequence[Transaction]) -> None:
        connection, ids = self._connection, self._ids
        assert connection is not None
        cursor = connection.cursor()
        for transaction in share:
            cursor.execute(_LOCK, (list(transaction.locks),))
            for statement in transaction.statements:
                params = [ids[p] if type(p) is Reference else p for p in statement.params]
                cursor.execute(statement.text, params)
                if statement.gives:
                    for given, (new_id,) in zip(statement.gives, cursor.fetchall(), strict=True):
                        ids[given] = new_id
            connection.commit()
