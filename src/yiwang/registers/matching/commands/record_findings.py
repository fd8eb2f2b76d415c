"""Record what a run found: new differences become work, those that are gone are closed, others come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection
from psycopg import sql

from yiwang.exchange.api import get_resource
from yiwang.kernel.calendar import WorkCalendar
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.matching.definitions import FIELDS, MatchingDefinition
from yiwang.registers.matching.models import Doubt, Finding, Run
from yiwang.registers.matching.orders import DIFFERENCES, DOUBTFUL
from yiwang.registers.matching.queries.matchings import definition_of_row
from yiwang.registers.matching.rules.terms import due_after
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import Parameter

_FINDINGS = Finding._meta.db_table
#: A difference that lists no longer had, or that somebody said was put right, is work again when it is found;
#: one that the department found not so, or is dealing with, is not asked again.
_UPSERT = f"""
INSERT INTO {_FINDINGS} AS f (matching_id, kind, organisation, list, key, other_list, other_key, name,
    other_name, other_status, state, outcome, note, opened_at, due_at, first_run, last_run, reopened)
SELECT DISTINCT %(matching)s::bigint, d.kind, k.organisation, d.list, d.key, d.other_list, d.other_key, '',
    '', '', 'open', '', '', %(at)s::timestamptz, %(due)s::timestamptz, %(run)s::bigint, %(run)s::bigint, 0
FROM found_differences d JOIN list_keepers k ON k.list = d.list
ON CONFLICT (matching_id, kind, list, key, other_list, other_key) DO UPDATE SET
    last_run = EXCLUDED.last_run,
    organisation = EXCLUDED.organisation,
    state = CASE WHEN f.state = 'repaired' OR f.outcome = 'put_right' THEN 'open' ELSE f.state END,
    opened_at = CASE WHEN f.state = 'repaired' OR f.outcome = 'put_right'
        THEN EXCLUDED.opened_at ELSE f.opened_at END,
    due_at = CASE WHEN f.state = 'repaired' OR f.outcome = 'put_right' THEN EXCLUDED.due_at ELSE f.due_at END,
    reopened = f.reopened + (f.state = 'repaired' OR f.outcome = 'put_right')::int,
    outcome = CASE WHEN f.state = 'repaired' OR f.outcome = 'put_right' THEN '' ELSE f.outcome END,
    gone_at = NULL
"""
_GONE = f"""
UPDATE {_FINDINGS} SET state = 'repaired', gone_at = %(at)s
WHERE matching_id = %(matching)s AND last_run <> %(run)s AND state <> 'repaired' AND outcome <> 'not_so'
"""
_NAMES = f"""
UPDATE {_FINDINGS} f SET name = left(coalesce(t.{{name}}, ''), 200) FROM {{table}} t
WHERE f.matching_id = %(matching)s AND f.last_run = %(run)s AND f.list = %(list)s AND f.key = t.{{key}}
"""
_OTHER_NAMES = f"""
UPDATE {_FINDINGS} f SET other_name = left(coalesce(t.{{name}}, ''), 200), other_status = t.{{status}}::text
FROM {{table}} t
WHERE f.matching_id = %(matching)s AND f.last_run = %(run)s AND f.other_list = %(list)s
    AND f.other_key = t.{{key}}
"""


@command(operation="registers.matching.perform")
def record_findings(
    *, actor: Actor, at: datetime, run: int, folder: Path, report: Mapping[str, Json]
) -> dict[str, int]:
    """Take the files that the process left; gives how many are new, gone and back."""
    row = Run.objects.select_related("matching").get(pk=run)
    definition = definition_of_row(row.matching)
    permit(Scope(organisations=(definition.operator,)), subject=f"matching:{definition.code}")
    values: dict[str, Parameter] = {
        "matching": row.matching_id,
        "run": run,
        "at": at,
        "due": due_after(WorkCalendar(key="city", version=0), at, definition.term),
    }
    findings = Finding.objects.filter(matching=row.matching)
    back = sum(findings.values_list("reopened", flat=True))
    with connection.cursor() as cursor:
        _make("found_differences", "kind text, list text, key text, other_list text, other_key text")
        _take(folder / DIFFERENCES, "found_differences (kind, list, key, other_list, other_key)")
        _make("list_keepers", "list text, organisation text")
        keepers = [(name, get_resource(name).owner) for name in definition.resources]
        cursor.executemany("INSERT INTO list_keepers VALUES (%s, %s)", keepers)
        cursor.execute(_UPSERT, values)
        cursor.execute(_GONE, values)
        gone = cursor.rowcount
    _name_rows(definition, values)
    _take_doubts(row, folder)
    counts = {
        "new": findings.filter(first_run=run).count(),
        "gone": gone,
        "back": sum(findings.values_list("reopened", flat=True)) - back,
    }
    Run.objects.filter(pk=run).update(
        state="done", stage="done", done_at=at, report={**report, "differences": {**counts}}
    )
    note(run=run, **counts)
    emit("ListsMatched", f"matching:{definition.code}", run=run, **counts)
    return counts


def _make(name: str, columns: str) -> None:
    """A table of this transaction; what an act before it left is no longer used."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")


def _take(path: Path, into: str) -> None:
    with connection.cursor() as cursor, path.open("rb") as file:
        copying = f"COPY {into} FROM STDIN (FORMAT csv, HEADER, NULL '\\N')"
        with cursor.copy(copying) as copy:
            while block := file.read(1 << 16):
                copy.write(block)


def _name_rows(definition: MatchingDefinition, values: Mapping[str, Parameter]) -> None:
    """What the rows are called, for the department's list of work."""
    with connection.cursor() as cursor:
        for name in definition.resources:
            parts = {
                "table": table(get_resource(name).source),
                **{column: sql.Identifier(FIELDS[column]) for column in ("name", "key", "status")},
            }
            for statement in (_NAMES, _OTHER_NAMES):
                cursor.execute(sql.SQL(statement).format(**parts), {**values, "list": name})


def _take_doubts(run: Run, folder: Path) -> None:
    Doubt.objects.filter(matching=run.matching).delete()
    with connection.cursor() as cursor:
        _make("found_doubts", "list_l text, key_l text, list_r text, key_r text, probability float")
        _take(folder / DOUBTFUL, "found_doubts (list_l, key_l, list_r, key_r, probability)")
        cursor.execute(
            f"INSERT INTO {Doubt._meta.db_table} (matching_id, list_l, key_l, list_r, key_r, probability) "
            "SELECT %s, list_l, key_l, list_r, key_r, probability FROM found_doubts ON CONFLICT DO NOTHING",
            [run.matching_id],
        )
