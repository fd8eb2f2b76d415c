"""Figures of the boards: by organisation, case type, phase or district, over what the reader may see."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, LiteralString

from yiwang.cases.contracts.lists import Count
from yiwang.identity.api import subtree
from yiwang.platform import sql
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope

READ = "cases.board.read"
Group = Literal["organisation", "type", "phase", "division"]
_KEYS: dict[str, LiteralString] = {
    "organisation": "c.organisation",
    "type": "c.type_code",
    "phase": "c.phase",
    "division": "left(c.division_code, 6)",
}
_COUNTS: LiteralString = """
SELECT {key},
  count(*) FILTER (WHERE c.closed_at IS NULL),
  count(*) FILTER (WHERE c.closed_at IS NOT NULL),
  count(*) FILTER (WHERE k.late),
  count(*) FILTER (WHERE k.yellow),
  count(*) FILTER (WHERE k.red),
  count(*) FILTER (WHERE k.stopped)
FROM cases_case c
LEFT JOIN LATERAL (
  SELECT bool_or(due_at < coalesce(ended_at, %(at)s)) AS late,
    bool_or(state = 'running' AND yellow_at <= %(at)s AND (red_at IS NULL OR red_at > %(at)s)) AS yellow,
    bool_or(state = 'running' AND red_at <= %(at)s) AS red,
    bool_or(state = 'stopped') AS stopped
  FROM cases_clock WHERE case_id = c.id
) k ON true
WHERE (%(all)s OR c.organisation = ANY(%(organisations)s)) AND c.opened_at >= %(since)s
GROUP BY 1 ORDER BY 1
"""
_BY: dict[str, LiteralString] = {group: _COUNTS.replace("{key}", key) for group, key in _KEYS.items()}


def visible_organisations(actor: Actor, operation: str = READ) -> tuple[str, ...] | None:
    """The organisations whose cases the actor sees, on boards unless said; None is the whole city.

    Raises:
        OperationNotAllowed: the actor has no such right.
    """
    # A scope without organisations lies within reach of the roles of the whole city only.
    if guard().covers(actor, operation, Scope()):
        return None
    if not guard().covers(actor, operation, Scope(organisations=(actor.organisation,))):
        raise OperationNotAllowed(operation=operation)
    return tuple(found.code for found in subtree(actor.organisation))


def counts(*, actor: Actor, by: Group, at: datetime, since: datetime) -> tuple[Count, ...]:
    """Cases opened since an instant, counted; a case counts once in each column whatever its clocks."""
    seen = visible_organisations(actor)
    rows = sql.fetch(
        _BY[by],
        {"at": at, "since": since, "all": seen is None, "organisations": list(seen or ())},
    )
    return tuple(
        Count(key=str(key), **dict(zip(_COLUMNS, (_number(value) for value in values), strict=True)))
        for key, *values in rows
    )


_COLUMNS = ("open", "ended", "late", "yellow", "red", "stopped")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
