"""Open cases as supervision sees them: counted by light, and listed one by one from the same rows.

A *holding* is a case in the hands of an organisation: the one that handles it, and every one with an
open task or a running limit in it. The light of a holding is the worst of that organisation's own
limits, so a late department does not colour the others; a case has the worst light of its holdings
that the reader may see.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import LiteralString
from zoneinfo import ZoneInfo

from yiwang.cases.contracts.figures import Dimension, Found, Standing, StandingCase
from yiwang.cases.contracts.words import Light, Phase
from yiwang.cases.queries.boards import visible_organisations
from yiwang.cases.queries.types import type_version
from yiwang.platform import sql
from yiwang.platform.contracts import Actor

ZONE = ZoneInfo("Asia/Shanghai")
_RANKS = (Light.NONE, Light.GREEN, Light.STOPPED, Light.WARNED, Light.YELLOW, Light.RED)
# The applicant's time to correct is no limit of an office.
_HELD: LiteralString = """
WITH opened AS MATERIALIZED (
  SELECT id, organisation, type_code, left(division_code, 6) AS division, parent_id
  FROM cases_case WHERE closed_at IS NULL
), parts AS (
  SELECT id AS case_id, organisation, 0 AS rank, false AS today, NULL::timestamptz AS due_at FROM opened
  UNION ALL
  SELECT case_id, organisation, 0, false, NULL FROM cases_task WHERE state IN ('open', 'claimed')
  UNION ALL
  SELECT case_id, organisation,
    CASE WHEN state = 'stopped' THEN 2 WHEN red_at <= %(at)s THEN 5 WHEN yellow_at <= %(at)s THEN 4
      WHEN warn_at <= %(at)s THEN 3 ELSE 1 END,
    state = 'running' AND due_at >= %(day)s AND due_at < %(next_day)s,
    CASE WHEN state = 'running' THEN due_at END
  FROM cases_clock WHERE state <> 'done' AND kind <> 'supplement'
), held AS MATERIALIZED (
  SELECT case_id, organisation, max(rank) AS rank, bool_or(coalesce(today, false)) AS today,
    min(due_at) AS due_at
  FROM parts WHERE %(all)s OR organisation = ANY(%(seen)s) GROUP BY 1, 2
)
"""
_COUNTS: LiteralString = (
    _HELD
    + """, whole AS (
  SELECT o.type_code, o.division, o.parent_id IS NOT NULL AS child, h.rank, h.today
  FROM (SELECT case_id, max(rank) AS rank, bool_or(today) AS today FROM held GROUP BY 1) h
  JOIN opened o ON o.id = h.case_id
)
SELECT 'organisation', h.organisation, h.rank, count(*), count(*) FILTER (WHERE h.today),
  count(*) FILTER (WHERE o.parent_id IS NOT NULL)
FROM held h JOIN opened o ON o.id = h.case_id GROUP BY 2, 3
UNION ALL
SELECT CASE WHEN grouping(type_code) = 0 THEN 'type' WHEN grouping(division) = 0 THEN 'division'
    ELSE 'whole' END,
  coalesce(type_code, division, ''), rank, count(*), count(*) FILTER (WHERE today),
  count(*) FILTER (WHERE child)
FROM whole GROUP BY GROUPING SETS ((type_code, rank), (division, rank), (rank))
"""
)
_LIST: LiteralString = (
    _HELD
    + """, found AS (
  SELECT h.case_id, max(h.rank) AS rank, bool_or(h.today) AS today, min(h.due_at) AS due_at,
    array_agg(h.organisation ORDER BY h.organisation) AS holders
  FROM held h JOIN opened o ON o.id = h.case_id
  WHERE (%(organisation)s = '' OR h.organisation = %(organisation)s)
    AND (%(type)s = '' OR o.type_code = %(type)s)
    AND (%(division)s = '' OR o.division = %(division)s)
  GROUP BY 1
), wanted AS (
  SELECT * FROM found WHERE (%(rank)s < 0 OR rank = %(rank)s) AND (NOT %(today)s OR today)
), page AS (
  SELECT *, count(*) OVER () AS total FROM wanted
  ORDER BY due_at NULLS LAST, case_id LIMIT %(most)s OFFSET %(skip)s
)
SELECT c.id, c.number, c.type_code, c.type_version_id, c.title, c.organisation, p.holders, c.division_code,
  c.phase, p.rank, p.due_at, c.opened_at, p.total
FROM page p JOIN cases_case c ON c.id = p.case_id ORDER BY p.due_at NULLS LAST, c.id
"""
)


def standing(*, actor: Actor, at: datetime) -> dict[Dimension, tuple[Standing, ...]]:
    """Count the open cases within the reader's reach, by each dimension, keys in order."""
    cells: dict[tuple[str, str], dict[Light, int]] = defaultdict(dict)
    extra: dict[tuple[str, str], tuple[int, int]] = {}
    for dimension, key, rank, cases, today, children in sql.fetch(_COUNTS, _reach(actor, at)):
        cell = str(dimension), str(key)
        cells[cell][_RANKS[_number(rank)]] = _number(cases)
        before = extra.get(cell, (0, 0))
        extra[cell] = before[0] + _number(today), before[1] + _number(children)
    found: dict[Dimension, list[Standing]] = {dimension: [] for dimension in Dimension}
    for (dimension, key), lights in sorted(cells.items()):
        due_today, children = extra[dimension, key]
        found[Dimension(dimension)].append(
            Standing(
                dimension=Dimension(dimension),
                key=key,
                lights={light: lights.get(light, 0) for light in _RANKS},
                due_today=due_today,
                children=children,
            )
        )
    return {dimension: tuple(rows) for dimension, rows in found.items()}


def standing_cases(
    *,
    actor: Actor,
    at: datetime,
    organisation: str = "",
    type_code: str = "",
    division: str = "",
    light: Light | None = None,
    due_today: bool = False,
    skip: int = 0,
    most: int = 50,
) -> Found[StandingCase]:
    """List the cases behind a figure of ``standing``, the soonest due first."""
    asked = {
        "organisation": organisation,
        "type": type_code,
        "division": division,
        "rank": -1 if light is None else _RANKS.index(light),
        "today": due_today,
        "skip": skip,
        "most": most,
    }
    rows = sql.fetch(_LIST, _reach(actor, at) | asked)
    return Found(rows=tuple(_case(row) for row in rows), total=_number(rows[0][-1]) if rows else 0)


def _reach(actor: Actor, at: datetime) -> dict[str, object]:
    seen = visible_organisations(actor)
    day = datetime.combine(at.astimezone(ZONE).date(), time(), ZONE)
    return {
        "at": at,
        "day": day,
        "next_day": day + timedelta(days=1),
        "all": seen is None,
        "seen": list(seen or ()),
    }


def _case(row: tuple[object, ...]) -> StandingCase:
    (
        case_id,
        number,
        type_code,
        version,
        title,
        organisation,
        holders,
        division,
        phase,
        rank,
        due_at,
        opened_at,
        _,
    ) = row
    assert isinstance(holders, list)
    assert isinstance(opened_at, datetime)
    return StandingCase(
        case_id=_number(case_id),
        number=str(number),
        type_code=str(type_code),
        type_title=type_version(_number(version)).title,
        title=str(title),
        organisation=str(organisation),
        holders=tuple(holders),
        division_code=str(division),
        phase=Phase(str(phase)),
        light=_RANKS[_number(rank)],
        due_at=due_at if isinstance(due_at, datetime) else None,
        opened_at=opened_at,
    )


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
