"""Public figures: what the city handled, how fast, and whether in time. Sums only, so anyone may ask."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, LiteralString

from yiwang.cases.contracts.open_figures import DepartmentFigures, HandledGroup, WorkFigures
from yiwang.platform import sql

_WORK: LiteralString = """
WITH decided AS (
  SELECT c.id, d.at, c.accepted_at, c.opened_at FROM cases_decision d JOIN cases_case c ON c.id = d.case_id
  WHERE d.at >= %(since)s AND d.at < %(until)s AND c.parent_id IS NULL
), promised AS (
  SELECT k.case_id, k.consumed, k.ended_at <= k.due_at AS on_time
  FROM cases_clock k JOIN decided ON decided.id = k.case_id
  WHERE k.kind = 'case_promised' AND k.state = 'done' AND k.due_at IS NOT NULL
), lawful AS (
  SELECT avg(k.amount) AS amount, avg(p.consumed) AS used
  FROM cases_clock k JOIN promised p USING (case_id)
  JOIN cases_clock q ON q.case_id = k.case_id AND q.kind = 'case_promised' AND q.unit = 'working_days'
  WHERE k.kind = 'case_statutory' AND k.unit = 'working_days'
)
SELECT
  (SELECT count(*) FROM cases_case
     WHERE opened_at >= %(since)s AND opened_at < %(until)s AND parent_id IS NULL),
  (SELECT count(*) FROM cases_case
     WHERE opened_at >= %(since)s AND opened_at < %(until)s AND parent_id IS NULL AND channel = 'online'),
  (SELECT count(*) FROM decided),
  (SELECT count(*) FROM decided WHERE at - opened_at < interval '1 hour'),
  (SELECT count(*) FROM promised),
  (SELECT count(*) FROM promised WHERE on_time),
  (SELECT used FROM lawful),
  (SELECT amount FROM lawful)
"""
_HANDLED: LiteralString = """
SELECT {key}, count(*), count(*) FILTER (WHERE d.outcome IN ('approve', 'conditional')),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY k.consumed) FILTER (WHERE k.unit = 'working_days'),
  avg(k.amount) FILTER (WHERE k.unit = 'working_days')
FROM cases_decision d JOIN cases_case c ON c.id = d.case_id
LEFT JOIN cases_clock k ON k.case_id = c.id AND k.kind = 'case_promised' AND k.state = 'done'
WHERE c.type_code = %(type)s AND c.parent_id IS NULL AND d.at >= %(since)s
GROUP BY 1 HAVING {key} <> '' ORDER BY 2 DESC, 1
"""
_KEYS: dict[str, LiteralString] = {
    "district": "left(c.division_code, 6)",
    "industry": "left(c.answers ->> 'industry', 1)",
}
_BY: dict[str, LiteralString] = {group: _HANDLED.replace("{key}", key) for group, key in _KEYS.items()}
_DEPARTMENTS: LiteralString = """
SELECT c.organisation, count(*) FILTER (WHERE c.closed_at IS NULL),
  count(*) FILTER (WHERE c.decided_at >= %(since)s),
  count(*) FILTER (WHERE k.ended_at >= %(since)s),
  count(*) FILTER (WHERE k.ended_at >= %(since)s AND k.ended_at <= k.due_at)
FROM cases_case c
LEFT JOIN cases_clock k
  ON k.case_id = c.id AND k.kind = 'case_promised' AND k.state = 'done' AND k.due_at IS NOT NULL
GROUP BY 1 HAVING count(*) FILTER (WHERE c.closed_at IS NULL OR c.decided_at >= %(since)s) > 0 ORDER BY 1
"""
_OPENED: LiteralString = """
SELECT type_code, count(*) FROM cases_case
WHERE opened_at >= %(since)s AND parent_id IS NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(most)s
"""


def work_figures(*, since: datetime, until: datetime) -> WorkFigures:
    """What was received and decided from ``since`` until before ``until``; child cases are not counted."""
    [row] = sql.fetch(_WORK, {"since": since, "until": until})
    received, online, decided, at_once, timed, on_time = (_whole(value) for value in row[:6])
    return WorkFigures(
        received=received,
        received_online=online,
        decided=decided,
        decided_at_once=at_once,
        timed=timed,
        on_time=on_time,
        days_used=_share(row[6]),
        days_by_law=_share(row[7]),
    )


def handled_groups(
    *, type_code: str, by: Literal["district", "industry"], since: datetime
) -> tuple[HandledGroup, ...]:
    """Cases of a type decided since an instant, by district or section of industry, the most first."""
    rows = sql.fetch(_BY[by], {"type": type_code, "since": since})
    return tuple(
        HandledGroup(
            key=str(key),
            decided=_whole(decided),
            approved=_whole(approved),
            days_median=_share(median),
            days_promised=_share(promised),
        )
        for key, decided, approved, median, promised in rows
    )


def department_figures(*, since: datetime) -> tuple[DepartmentFigures, ...]:
    """What each organisation holds now and has decided since an instant, by its code."""
    return tuple(
        DepartmentFigures(
            organisation=str(organisation),
            open=_whole(running),
            decided=_whole(decided),
            timed=_whole(timed),
            on_time=_whole(on_time),
        )
        for organisation, running, decided, timed, on_time in sql.fetch(_DEPARTMENTS, {"since": since})
    )


def often_opened(*, since: datetime, most: int = 6) -> tuple[str, ...]:
    """Codes of the items that people asked for most since an instant."""
    return tuple(str(code) for code, _ in sql.fetch(_OPENED, {"since": since, "most": most}))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _share(value: object) -> float | None:
    return None if value is None else float(str(value))
