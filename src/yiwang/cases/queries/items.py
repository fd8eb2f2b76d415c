"""Service items in a month: volume, time against limits, where it is lost; and what the public may know."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import LiteralString

from yiwang.cases.contracts.figures import Day, ItemFigures, LastAnswer, PublicFigures, StepFigures
from yiwang.cases.queries.boards import visible_organisations
from yiwang.platform import sql
from yiwang.platform.contracts import Actor

_IN_REACH: LiteralString = "(%(all)s OR c.organisation = ANY(%(seen)s))"
# The promised limit measures an item; the statutory one where nothing is promised.
_ITEMS: LiteralString = (
    """
WITH received AS (
  SELECT c.type_code, count(*) AS received, count(s.id) AS supplemented
  FROM cases_case c LEFT JOIN cases_supplement s ON s.case_id = c.id
  WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s AND """
    + _IN_REACH
    + """ GROUP BY 1
), limits AS (
  SELECT DISTINCT ON (k.case_id) k.case_id, k.unit, k.consumed, k.ended_at > k.due_at AS late
  FROM cases_clock k
  WHERE k.state = 'done' AND k.ended_at >= %(since)s AND k.ended_at < %(until)s
    AND k.kind IN ('case_promised', 'case_statutory')
  ORDER BY k.case_id, k.kind
), ended AS (
  SELECT c.type_code, count(*) AS ended, count(*) FILTER (WHERE l.late) AS late, min(l.unit) AS unit,
    avg(l.consumed) AS average, percentile_disc(0.9) WITHIN GROUP (ORDER BY l.consumed) AS ninetieth
  FROM limits l JOIN cases_case c ON c.id = l.case_id
  WHERE c.phase NOT IN ('withdrawn', 'lapsed') AND """
    + _IN_REACH
    + """ GROUP BY 1
)
SELECT type_code, coalesce(received, 0), coalesce(supplemented, 0), coalesce(ended, 0), coalesce(late, 0),
  coalesce(unit, ''), average, ninetieth
FROM received FULL JOIN ended USING (type_code) ORDER BY 1
"""
)
_STEPS: LiteralString = """
SELECT c.type_code, max(c.type_version_id), t.node, count(*),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.ended_at - t.opened_at)),
  percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM t.ended_at - t.opened_at)),
  sum(extract(epoch FROM t.ended_at - t.opened_at))
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.state = 'done' AND t.ended_at >= %(since)s AND t.ended_at < %(until)s
  AND (%(type)s = '' OR c.type_code = %(type)s)
  AND (%(all)s OR t.organisation = ANY(%(seen)s))
GROUP BY c.type_code, t.node ORDER BY c.type_code, 7 DESC, t.node
"""
# A joint step is over when its last department has answered: opinions are tasks of one step of a case, or
# child cases of one case. Who sees only one department sees how often that one was last, nothing of others.
_LAST: LiteralString = """
WITH answers AS (
  SELECT c.type_code, t.case_id AS joint, t.node AS step, t.organisation, t.ended_at AS at, t.id
  FROM cases_task t JOIN cases_case c ON c.id = t.case_id
  WHERE t.state = 'done' AND (%(type)s = '' OR c.type_code = %(type)s) AND EXISTS (
      SELECT FROM cases_task o WHERE o.case_id = t.case_id AND o.node = t.node
        AND o.organisation <> t.organisation AND o.state = 'done')
    AND NOT EXISTS (
      SELECT FROM cases_task o WHERE o.case_id = t.case_id AND o.node = t.node
        AND o.state IN ('open', 'claimed'))
    AND t.case_id IN (SELECT case_id FROM cases_task
      WHERE state = 'done' AND ended_at >= %(since)s AND ended_at < %(until)s)
  UNION ALL
  SELECT p.type_code, p.id, '', c.organisation, c.closed_at, c.id
  FROM cases_case c JOIN cases_case p ON p.id = c.parent_id
  WHERE c.closed_at IS NOT NULL AND c.phase <> 'withdrawn'
    AND (%(type)s = '' OR p.type_code = %(type)s)
    AND c.parent_id IN (SELECT parent_id FROM cases_case
      WHERE parent_id IS NOT NULL AND closed_at >= %(since)s AND closed_at < %(until)s)
    AND NOT EXISTS (SELECT FROM cases_case o WHERE o.parent_id = c.parent_id AND o.closed_at IS NULL)
), ordered AS (
  SELECT *, row_number() OVER w AS place, lead(at) OVER w AS before
  FROM answers WINDOW w AS (PARTITION BY joint, step ORDER BY at DESC, id DESC)
)
SELECT type_code, organisation, count(*), sum(extract(epoch FROM at - before))
FROM ordered
WHERE place = 1 AND before < at AND at >= %(since)s AND at < %(until)s
  AND (%(all)s OR organisation = ANY(%(seen)s))
GROUP BY 1, 2 ORDER BY 1, 4 DESC, 2
"""
_DAYS: LiteralString = (
    """
SELECT d::date, coalesce(r.n, 0), coalesce(e.n, 0)
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') d
LEFT JOIN (
  SELECT (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n FROM cases_case c
  WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s AND """
    + _IN_REACH
    + """ GROUP BY 1
) r ON r.day = d::date
LEFT JOIN (
  SELECT (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n FROM cases_case c
  WHERE c.closed_at >= %(since)s AND c.closed_at < %(until)s AND """
    + _IN_REACH
    + """ GROUP BY 1
) e ON e.day = d::date
ORDER BY 1
"""
)
_PUBLIC: LiteralString = """
WITH received AS (
  SELECT organisation, count(*) AS received FROM cases_case
  WHERE opened_at >= %(since)s AND opened_at < %(until)s AND parent_id IS NULL GROUP BY 1
), limits AS (
  SELECT DISTINCT ON (k.case_id) c.organisation, k.due_at IS NULL OR k.ended_at <= k.due_at AS on_time
  FROM cases_clock k JOIN cases_case c ON c.id = k.case_id
  WHERE k.state = 'done' AND k.ended_at >= %(since)s AND k.ended_at < %(until)s
    AND k.kind IN ('case_promised', 'case_statutory')
    AND c.parent_id IS NULL AND c.phase NOT IN ('withdrawn', 'lapsed')
  ORDER BY k.case_id, k.kind
), ended AS (
  SELECT organisation, count(*) AS ended, count(*) FILTER (WHERE on_time) AS on_time FROM limits GROUP BY 1
), rated AS (
  SELECT organisation, jsonb_object_agg(level, n)::text AS levels FROM (
    SELECT organisation, level, count(*) AS n FROM cases_rating
    WHERE at >= %(since)s AND at < %(until)s GROUP BY 1, 2) l
  GROUP BY 1
)
SELECT organisation, coalesce(received, 0), coalesce(ended, 0), coalesce(on_time, 0), levels
FROM received FULL JOIN ended USING (organisation) FULL JOIN rated USING (organisation) ORDER BY 1
"""


def item_figures(*, actor: Actor, since: datetime, until: datetime) -> tuple[ItemFigures, ...]:
    """Give each service item that the reader's organisations received or ended in a span of time."""
    return tuple(
        ItemFigures(
            type_code=str(type_code),
            received=_number(received),
            supplemented=_number(supplemented),
            ended=_number(ended),
            late=_number(late),
            unit=str(unit),
            average=round(float(average), 1) if isinstance(average, Decimal) else None,
            ninetieth=ninetieth if isinstance(ninetieth, int) else None,
        )
        for type_code, received, supplemented, ended, late, unit, average, ninetieth in sql.fetch(
            _ITEMS, _reach(actor, since, until)
        )
    )


def step_figures(
    *, actor: Actor, since: datetime, until: datetime, type_code: str = ""
) -> tuple[StepFigures, ...]:
    """Give the steps of each item (or of one item), the one that took most time in all first."""
    return tuple(
        StepFigures(
            type_code=str(type_code),
            type_version_id=_number(version),
            node=str(node),
            done=_number(done),
            median_hours=_hours(median),
            ninetieth_hours=_hours(ninetieth),
            total_hours=_hours(total),
        )
        for type_code, version, node, done, median, ninetieth, total in sql.fetch(
            _STEPS, _reach(actor, since, until) | {"type": type_code}
        )
    )


def last_answers(
    *, actor: Actor, since: datetime, until: datetime, type_code: str = ""
) -> tuple[LastAnswer, ...]:
    """Tell which department the others waited for in joint steps that came to their end."""
    return tuple(
        LastAnswer(
            type_code=str(type_code),
            organisation=str(organisation),
            times=_number(times),
            waited_hours=_hours(waited),
        )
        for type_code, organisation, times, waited in sql.fetch(
            _LAST, _reach(actor, since, until) | {"type": type_code}
        )
    )


def daily(*, actor: Actor, since: datetime, until: datetime, first: date, last: date) -> tuple[Day, ...]:
    """Cases received and ended on each day of the city from ``first`` to ``last``."""
    asked = _reach(actor, since, until) | {"first": first, "last": last}
    return tuple(
        Day(day=day, received=_number(received), ended=_number(ended))
        for day, received, ended in sql.fetch(_DAYS, asked)
        if isinstance(day, date)
    )


def public_figures(*, since: datetime, until: datetime) -> tuple[PublicFigures, ...]:
    """Give what everyone may know of each department: applications only, no child cases, no names."""
    found = []
    for organisation, received, ended, on_time, levels in sql.fetch(
        _PUBLIC, {"since": since, "until": until}
    ):
        given = json.loads(levels) if isinstance(levels, str) else {}
        found.append(
            PublicFigures(
                organisation=str(organisation),
                received=_number(received),
                ended=_number(ended),
                on_time=_number(on_time),
                ratings={level: int(given.get(str(level), 0)) for level in range(1, 6)},
            )
        )
    return tuple(found)


def _reach(actor: Actor, since: datetime, until: datetime) -> dict[str, object]:
    seen = visible_organisations(actor)
    return {"since": since, "until": until, "all": seen is None, "seen": list(seen or ())}


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _hours(seconds: object) -> float:
    assert isinstance(seconds, int | float | Decimal)
    return round(float(seconds) / 3600, 1)
