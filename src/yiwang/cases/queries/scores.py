"""What departments and officers did in a month, counted and listed from the same rows.

Each indicator has one statement that gives its *evidence*: one row a thing that counts, with a mark for
how it went. Figures are counts of these rows and lists are the rows, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString

from yiwang.cases.contracts.figures import Evidence, Found, Indicator, Tally
from yiwang.cases.queries.boards import visible_organisations
from yiwang.cases.queries.types import type_version
from yiwang.platform import sql
from yiwang.platform.contracts import Actor

# Limits that ended: the promised one of a case (the statutory one where nothing was promised) and those
# of steps. A task that was taken back and a case that the applicant gave up are nobody's merit or fault.
_LIMITS: LiteralString = """
WITH ended AS MATERIALIZED (
  SELECT case_id, task_id, organisation, kind, ended_at, due_at FROM cases_clock
  WHERE state = 'done' AND ended_at >= %(since)s AND ended_at < %(until)s
    AND kind IN ('case_promised', 'case_statutory', 'task')
    AND (%(all)s OR organisation = ANY(%(seen)s))
), counted AS (
  SELECT e.* FROM ended e WHERE kind = 'task'
    AND NOT EXISTS (SELECT FROM cases_task t WHERE t.id = e.task_id AND t.state = 'cancelled')
  UNION ALL
  SELECT e.* FROM ended e WHERE kind <> 'task'
    AND (kind = 'case_promised'
      OR NOT EXISTS (SELECT FROM ended p WHERE p.case_id = e.case_id AND p.kind = 'case_promised'))
    AND NOT EXISTS (SELECT FROM cases_case c WHERE c.id = e.case_id AND c.phase IN ('withdrawn', 'lapsed'))
)
"""
_MARK: LiteralString = "CASE WHEN e.due_at IS NULL OR e.ended_at <= e.due_at THEN 'on_time' ELSE 'late' END"
_ON_TIME: LiteralString = (
    _LIMITS
    + """, evidence AS (
  SELECT e.organisation, NULL::bigint AS officer_id, e.case_id, e.task_id, """
    + _MARK
    + """ AS mark, e.ended_at AS at, e.due_at FROM counted e
)
"""
)
_ON_TIME_BY_OFFICER: LiteralString = (
    _LIMITS
    + """, evidence AS (
  SELECT e.organisation, t.ended_by AS officer_id, e.case_id, e.task_id, """
    + _MARK
    + """ AS mark, e.ended_at AS at, e.due_at
  FROM counted e JOIN cases_task t ON t.id = e.task_id WHERE t.ended_by IS NOT NULL
)
"""
)
_CARDS: LiteralString = """
WITH evidence AS (
  SELECT organisation, officer_id, case_id, task_id, level AS mark, at, NULL::timestamptz AS due_at
  FROM cases_card WHERE at >= %(since)s AND at < %(until)s
)
"""
# A notice counts in the month in which its answer is due, once it is answered or overdue.
_NOTICES: LiteralString = """
WITH evidence AS (
  SELECT n.organisation, r.account_id AS officer_id, n.case_id, NULL::bigint AS task_id,
    CASE WHEN r.at IS NULL THEN 'unanswered' WHEN r.at <= n.due_at THEN 'in_time' ELSE 'late' END AS mark,
    n.opened_at AS at, n.due_at
  FROM cases_notice n
  LEFT JOIN LATERAL (
    SELECT at, account_id FROM cases_noticereply WHERE notice_id = n.id ORDER BY at, id LIMIT 1
  ) r ON true
  WHERE n.due_at >= %(since)s AND n.due_at < %(until)s
    AND (r.at IS NOT NULL
      OR n.due_at <= %(at)s AND (n.closed_at IS NULL OR n.closed_at > n.due_at))
)
"""
_RATINGS: LiteralString = """
WITH evidence AS (
  SELECT r.organisation, d.by AS officer_id, r.case_id, NULL::bigint AS task_id, r.level::text AS mark, r.at,
    NULL::timestamptz AS due_at
  FROM cases_rating r LEFT JOIN cases_decision d ON d.case_id = r.case_id
  WHERE r.at >= %(since)s AND r.at < %(until)s
)
"""
_SUPPLEMENTS: LiteralString = """
WITH evidence AS (
  SELECT c.organisation, NULL::bigint AS officer_id, c.id AS case_id, NULL::bigint AS task_id,
    CASE WHEN s.id IS NULL THEN 'clean' ELSE 'supplemented' END AS mark, c.opened_at AS at,
    s.answer_until AS due_at
  FROM cases_case c LEFT JOIN cases_supplement s ON s.case_id = c.id
  WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s
)
"""
# Of an officer: the cases in which they finished a task, and whether they asked for corrections there.
_SUPPLEMENTS_BY_OFFICER: LiteralString = """
WITH evidence AS (
  SELECT t.organisation, t.ended_by AS officer_id, t.case_id, NULL::bigint AS task_id,
    CASE WHEN count(s.id) = 0 THEN 'clean' ELSE 'supplemented' END AS mark, max(t.ended_at) AS at,
    max(s.answer_until) AS due_at
  FROM cases_task t LEFT JOIN cases_supplement s ON s.case_id = t.case_id AND s.issued_by = t.ended_by
  WHERE t.state = 'done' AND t.ended_by IS NOT NULL
    AND t.ended_at >= %(since)s AND t.ended_at < %(until)s
  GROUP BY 1, 2, 3
)
"""
_COUNT: LiteralString = """
SELECT organisation, NULL::bigint, mark, count(*) FROM evidence
WHERE %(all)s OR organisation = ANY(%(seen)s) GROUP BY 1, 3 ORDER BY 1, 3
"""
_COUNT_BY_OFFICER: LiteralString = """
SELECT organisation, officer_id, mark, count(*) FROM evidence
WHERE officer_id IS NOT NULL AND (%(all)s OR organisation = ANY(%(seen)s))
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_LIST: LiteralString = """, page AS (
  SELECT *, count(*) OVER () AS total FROM evidence
  WHERE (%(all)s OR organisation = ANY(%(seen)s))
    AND (%(organisation)s = '' OR organisation = %(organisation)s)
    AND (%(officer)s = 0 OR officer_id = %(officer)s) AND (%(mark)s = '' OR mark = %(mark)s)
  ORDER BY at DESC, case_id DESC, coalesce(task_id, 0) DESC LIMIT %(most)s OFFSET %(skip)s
)
SELECT p.case_id, c.number, c.type_version_id, c.title, t.node, p.organisation, p.officer_id, p.mark, p.at,
  p.due_at, p.total
FROM page p JOIN cases_case c ON c.id = p.case_id LEFT JOIN cases_task t ON t.id = p.task_id
ORDER BY p.at DESC, p.case_id DESC, coalesce(p.task_id, 0) DESC
"""
_BY_DEPARTMENT: dict[Indicator, LiteralString] = {
    Indicator.ON_TIME: _ON_TIME,
    Indicator.CARDS: _CARDS,
    Indicator.NOTICES: _NOTICES,
    Indicator.RATINGS: _RATINGS,
    Indicator.SUPPLEMENTS: _SUPPLEMENTS,
}
_BY_OFFICER: dict[Indicator, LiteralString] = _BY_DEPARTMENT | {
    Indicator.ON_TIME: _ON_TIME_BY_OFFICER,
    Indicator.SUPPLEMENTS: _SUPPLEMENTS_BY_OFFICER,
}
_DEPARTMENT_COUNTS = {key: statement + _COUNT for key, statement in _BY_DEPARTMENT.items()}
_OFFICER_COUNTS = {key: statement + _COUNT_BY_OFFICER for key, statement in _BY_OFFICER.items()}
_DEPARTMENT_LISTS = {key: statement + _LIST for key, statement in _BY_DEPARTMENT.items()}
_OFFICER_LISTS = {key: statement + _LIST for key, statement in _BY_OFFICER.items()}


def tallies(
    *,
    actor: Actor,
    at: datetime,
    since: datetime,
    until: datetime,
    indicators: Iterable[Indicator] = Indicator,
    by_officer: bool = False,
) -> tuple[Tally, ...]:
    """Count what the departments (or the officers) within the reader's reach did in a span of time."""
    statements = _OFFICER_COUNTS if by_officer else _DEPARTMENT_COUNTS
    asked = _reach(actor, at, since, until)
    return tuple(
        Tally(
            indicator=indicator,
            organisation=str(organisation),
            officer_id=officer_id if isinstance(officer_id, int) else None,
            mark=str(mark),
            count=_number(count),
        )
        for indicator in indicators
        for organisation, officer_id, mark, count in sql.fetch(statements[indicator], asked)
    )


def evidence(
    *,
    actor: Actor,
    at: datetime,
    since: datetime,
    until: datetime,
    indicator: Indicator,
    organisation: str = "",
    officer_id: int | None = None,
    mark: str = "",
    skip: int = 0,
    most: int = 50,
) -> Found[Evidence]:
    """List what ``tallies`` counted, latest first: a department's, or with ``officer_id`` an officer's."""
    statements = _DEPARTMENT_LISTS if officer_id is None else _OFFICER_LISTS
    asked = _reach(actor, at, since, until) | {
        "organisation": organisation,
        "officer": officer_id or 0,
        "mark": mark,
        "skip": skip,
        "most": most,
    }
    rows = sql.fetch(statements[indicator], asked)
    return Found(
        rows=tuple(_evidence(indicator, row) for row in rows), total=_number(rows[0][-1]) if rows else 0
    )


def _reach(actor: Actor, at: datetime, since: datetime, until: datetime) -> dict[str, object]:
    seen = visible_organisations(actor)
    return {"at": at, "since": since, "until": until, "all": seen is None, "seen": list(seen or ())}


def _evidence(indicator: Indicator, row: tuple[object, ...]) -> Evidence:
    case_id, number, version, title, node, organisation, officer_id, mark, at, due_at, _ = row
    kind = type_version(_number(version))
    assert isinstance(at, datetime)
    return Evidence(
        indicator=indicator,
        case_id=_number(case_id),
        number=str(number),
        type_title=kind.title,
        title=str(title),
        step=kind.step(str(node)) if node is not None else None,
        organisation=str(organisation),
        officer_id=officer_id if isinstance(officer_id, int) else None,
        mark=str(mark),
        at=at,
        due_at=due_at if isinstance(due_at, datetime) else None,
    )


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
