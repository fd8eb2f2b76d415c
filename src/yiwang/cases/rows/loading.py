"""Lock a case with its parents, and load what stands open.

Two statements on purpose: a row that was locked after a wait is read anew by PostgreSQL, but rows that
the same statement joins to it are not. What stands open is therefore read by a second statement, whose
snapshot is taken when the lock is held.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from yiwang.cases.contracts.errors import CaseNotFound, TaskNotFound
from yiwang.cases.queries.types import type_version
from yiwang.cases.rows.records import CaseRecord, ClockRecord, Live, ResultRecord, StopRecord, TaskRecord
from yiwang.cases.rules.process.tokens import Token
from yiwang.platform import sql

_COLUMNS = (
    "c.id, c.number, c.type_version_id, c.parent_id, c.ancestors, c.parent_token, c.applicant_kind,"
    " c.person_id, c.entity_id, c.applicant_name, c.organisation, c.division_code, c.channel, c.title,"
    " c.urgent, c.answers, c.data, c.phase, c.outcome, c.version, c.last_token, c.opened_at,"
    " c.accepted_at, c.decided_at, c.closed_at, c.result"
)
# Ancestors never change and have lower ids than their children: ordering by id locks parents first.
_LOCK_BY_CASE = (
    "SELECT " + _COLUMNS + " FROM cases_case c WHERE c.id = ANY (ARRAY("
    "SELECT unnest(k.ancestors || k.id) FROM cases_case k WHERE k.id = %(which)s)) ORDER BY c.id FOR UPDATE"
)
_LOCK_BY_TASK = (
    "SELECT " + _COLUMNS + " FROM cases_case c WHERE c.id = ANY (ARRAY("
    "SELECT unnest(k.ancestors || k.id) FROM cases_case k"
    " JOIN cases_task t ON t.case_id = k.id WHERE t.id = %(which)s)) ORDER BY c.id FOR UPDATE"
)
_LOCK_CHILDREN = (
    "SELECT " + _COLUMNS + " FROM cases_case c WHERE c.parent_id = %s AND c.parent_token = ANY(%s)"
    " AND c.closed_at IS NULL ORDER BY c.id FOR UPDATE"
)
_LOAD: LiteralString = """
SELECT
 (SELECT json_agg(json_build_array(number, node, parent, item, index, via, outcome, opens) ORDER BY number)
    FROM cases_token WHERE case_id = {case} AND state = 'open'),
 (SELECT json_agg(json_build_array(id, token, node, role, organisation, assignee_id, state, opened_at)
                  ORDER BY id)
    FROM cases_task WHERE case_id = {case} AND state IN ('open', 'claimed')),
 (SELECT json_agg(json_build_array(id, task_id, kind, amount, unit, started_at, extended_by, state, rung,
     (SELECT json_agg(json_build_array(s.id, s.ordered_in_id, s.ground, s.label, s.legal_basis, s.since,
                      s.until) ORDER BY s.since) FROM cases_clockstop s WHERE s.clock_id = k.id))
                  ORDER BY id)
    FROM cases_clock k WHERE case_id = {case} AND state <> 'done'),
 (SELECT json_agg(json_build_array(scope, node, outcome, approve, conditional, refuse, total))
    FROM cases_stepresult WHERE case_id = {case})
"""
_LOAD_BY_CASE = _LOAD.replace("{case}", "%(which)s")
_LOAD_BY_TASK = _LOAD.replace("{case}", "(SELECT case_id FROM cases_task WHERE id = %(which)s)")


def lock_case(case_id: int) -> Live:
    """Lock a case and its ancestors, parents first, and load what stands open in it.

    Raises:
        CaseNotFound: there is no such case.
    """
    params = {"which": case_id}
    locked, [opened] = sql.fetch_in_turn([(_LOCK_BY_CASE, params), (_LOAD_BY_CASE, params)])
    if not locked:
        raise CaseNotFound
    return _filled(_family(locked)[-1], opened)


def lock_case_of_task(task_id: int) -> Live:
    """The same by one of its tasks, open or not.

    Raises:
        TaskNotFound: there is no such task.
    """
    params = {"which": task_id}
    locked, [opened] = sql.fetch_in_turn([(_LOCK_BY_TASK, params), (_LOAD_BY_TASK, params)])
    if not locked:
        raise TaskNotFound
    return _filled(_family(locked)[-1], opened)


def lock_children(parent: Live, tokens: Sequence[int]) -> list[Live]:
    """Lock the open cases that tokens of a locked case called."""
    found = sql.fetch(_LOCK_CHILDREN, [parent.id, list(tokens)])
    return [_live(columns, parent) for columns in found]


def load(live: Live) -> Live:
    """Read what stands open, once."""
    if live.loaded:
        return live
    [opened] = sql.fetch(_LOAD_BY_CASE, {"which": live.id})
    return _filled(live, opened)


def _filled(live: Live, opened: tuple[object, ...]) -> Live:
    tokens, tasks, clocks, results = opened
    for number, node, parent, item, index, via, outcome, opens in _rows(tokens):
        live.tokens[number] = Token(
            id=number, node=node, parent=parent, item=item, index=index, via=via, outcome=outcome
        )
        live.opens[number] = opens
    for task_id, token, node, role, organisation, assignee_id, state, opened_at in _rows(tasks):
        begun = datetime.fromisoformat(opened_at)
        task = TaskRecord(task_id, token, node, role, organisation, assignee_id, state, begun)
        live.tasks[task.token] = task
    live.clocks = [_clock(columns) for columns in _rows(clocks)]
    for scope, node, outcome, *counted in _rows(results):
        record = ResultRecord(outcome, None if counted[0] is None else tuple(counted))
        live.results.setdefault(scope, {})[node] = record
    live.loaded = True
    return live


def _family(rows: list[tuple[object, ...]]) -> list[Live]:
    """Locked rows, root first, each knowing its parent."""
    family: list[Live] = []
    for columns in rows:
        family.append(_live(columns, family[-1] if family else None))
    return family


def _live(columns: tuple[object, ...], parent: Live | None) -> Live:
    record = CaseRecord(*columns)  # type: ignore[arg-type]  # columns stand in the order of the fields
    return Live(row=record, type=type_version(record.type_version_id), parent=parent)


def _rows(text: object) -> list[list]:  # type: ignore[type-arg]  # json_agg of arrays, read by position
    return json.loads(text) if isinstance(text, str) else text if isinstance(text, list) else []


def _clock(columns: list) -> ClockRecord:  # type: ignore[type-arg]
    clock_id, task_id, kind, amount, unit, started_at, extended_by, state, rung, stops = columns
    return ClockRecord(
        clock_id,
        task_id,
        kind,
        amount,
        unit,
        datetime.fromisoformat(started_at),
        extended_by,
        state,
        rung,
        tuple(
            StopRecord(
                stop_id,
                ordered_in,
                ground,
                label,
                legal_basis,
                datetime.fromisoformat(since),
                datetime.fromisoformat(until) if until else None,
            )
            for stop_id, ordered_in, ground, label, legal_basis, since, until in stops or ()
        ),
    )
