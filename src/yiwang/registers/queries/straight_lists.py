"""A page for a department's system in one statement: token, law, page and count in one snapshot.

Whether and how a system sees a register is decided in Python (``rights``) and remembered with the law's mark,
which every change of a register or credential renews; the statement gives a page only while the mark is the
same and the token counts. Only pages whose work an index bounds come here, so no time limit is needed. What
is not answered goes to ``list_entries``, which refuses with the reason.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from psycopg import sql

from yiwang.exchange.api import LAWFUL, Caller, Memory, law_mark
from yiwang.kernel.errors import YiwangError
from yiwang.platform.sql import Kept, fetch_kept, keep, unless_outdated
from yiwang.registers.contracts import ListReach, Page
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.definitions import get_marked
from yiwang.registers.queries.entries import (
    MOST_A_PAGE,
    MOST_COUNTED,
    WITHIN_DISTRICT,
    has_district,
    page_mark,
)
from yiwang.registers.queries.rights import list_right, reach_of
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import table

_MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainList:
    """A list without filters but the district; ``counted`` asks for a bounded count."""

    register: str
    district: str = ""
    after: int = 0
    limit: int = 100
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    law: uuid.UUID
    definition: RegisterDefinition
    reach: ListReach
    #: For the page's tag, as ``list_entries`` makes it.
    mark: str
    statement: Kept


_memory: Memory[tuple[str, str, bool, bool], _Remembered] = Memory(_MOST_REMEMBERED)


def list_straight(*, caller: Caller, at: datetime, asked: PlainList) -> Page | None:
    """Give the page that ``list_entries`` would give, or None: then ask that one."""
    place = (caller.client.client_id, asked.register, bool(asked.district), asked.counted)
    decision = _memory.get(place)
    if decision is None or reach_of(decision.definition, caller.actor) != decision.reach:
        decision = _decide(caller, asked, at)
        if decision is None:
            return None
        _memory.keep(place, decision)
    limit = min(asked.limit, MOST_A_PAGE)
    parameters = {
        "token": caller.token_hash,
        "at": at,
        "mark": decision.law,
        "district": asked.district,
        "after": asked.after,
        "limit": limit,
    }
    found = unless_outdated(partial(fetch_kept, decision.statement, parameters))
    if not found:
        _memory.forget(place)
        return None
    ((body, size, last, count),) = found
    if not isinstance(size, int) or not isinstance(last, int | None) or not isinstance(count, int | None):
        raise TypeError("the statement gives a page, its size, its last entry and the count")
    return Page(
        body=str(body),
        size=size,
        after=last if size == limit else None,
        count=count,
        count_policy="bounded" if asked.counted else "none",
        count_is_exact=count is not None and count < MOST_COUNTED,
        mark=decision.mark,
    )


def _decide(caller: Caller, asked: PlainList, at: datetime) -> _Remembered | None:
    """Decide, with the mark read before the law; None for a refusal and for what no index bounds."""
    law = law_mark()
    try:
        definition, revision = get_marked(asked.register)
    except YiwangError:
        return None
    reach = reach_of(definition, caller.actor)
    if law is None or reach not in ("all", "public"):
        return None
    right = list_right(definition, caller.actor, at=at)
    if asked.district and not has_district(definition, right):
        return None
    rows = sql.SQL("{} t WHERE {} ORDER BY {} LIMIT %(limit)s::bigint").format(
        shown.present(definition),
        WITHIN_DISTRICT if asked.district else sql.SQL("t._entry > %(after)s::bigint"),
        sql.SQL("t._district, t._entry") if asked.district else sql.SQL("t._entry"),
    )
    statement = sql.SQL(
        "WITH lawful AS MATERIALIZED ({lawful}) "
        "SELECT p.body, p.size, p.last, {count} FROM lawful, LATERAL ({page}) p"
    ).format(
        lawful=sql.SQL(LAWFUL),
        page=shown.entries(definition, right.view, rows),
        count=_count(definition, asked) if asked.counted else sql.SQL("NULL::bigint"),
    )
    return _Remembered(
        law=law,
        definition=definition,
        reach=reach,
        mark=page_mark(revision, right),
        statement=keep(statement.as_string()),
    )


def _count(definition: RegisterDefinition, asked: PlainList) -> sql.Composed:
    where = sql.SQL("WHERE _district = %(district)s::text" if asked.district else "")
    return sql.SQL("(SELECT count(*) FROM (SELECT FROM {} {} LIMIT {}) c)").format(
        table(definition.code), where, sql.Literal(MOST_COUNTED)
    )
