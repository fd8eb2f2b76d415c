"""A look of a department's system in one statement: token, law, purpose, quota, row, trace, leaf, journal.

The law is not written twice. ``looking.rule`` decides in Python, once for a client, resource, fields and
kind of purpose; the decision is remembered together with the law's mark, which every change of a grant,
resource, client or register renews (``models.LawMark``). The statement acts on it only while the mark is the
same and the token counts, in one snapshot. So it can only say yes: whatever it does not answer goes to the
command, which refuses with the reason and journals it. Tests hold both side by side (``test_straight.py``).
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import LiteralString

from django.db import DatabaseError

from yiwang.exchange import lines
from yiwang.exchange.contracts import GrantInfo, LookKind, Purpose, ResourceInfo
from yiwang.exchange.evidence import LEAF_KIND, LEAF_SUBJECT, evidence_of
from yiwang.exchange.looking import (
    OPERATION,
    USE_QUOTA,
    line_of,
    may_be_named,
    quota_params,
    rule,
    subject_of,
)
from yiwang.exchange.providers import (
    PROVIDERS,
    PURPOSE_CHECKS,
    PurposeCheck,
    SqlPurposeCheck,
    StraightLookUp,
    StraightProvider,
    purpose_params,
)
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.clients import Caller, caller_of
from yiwang.exchange.queries.law import law_mark
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.quotas import slots_of
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.memory import Memory
from yiwang.platform import journal, sql
from yiwang.platform.command import correlation_id, guard
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.trust import api as trust

#: Decisions that a process remembers; the oldest goes first.
_MOST_REMEMBERED = 2_000
#: Stands for a size that only the statement knows; longer than any number that the evidence can hold.
_SIZE = 10**17 + 7
#: Asker, resource, fields, kind of purpose, and whether a day is named.
_Key = tuple[str, str, tuple[str, ...], str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightAnswer:
    """An answer whose values are JSON as the database made it; null when there is no entry."""

    resource: str
    values: str
    version: int
    trace_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, what must hold of it in the statement itself, and how the journal names the act.

    ``name`` tells askers of different rights apart. ``vouched`` leaves the purpose to the asker's own node.
    """

    name: str
    actor: Actor
    organisation: str
    condition: LiteralString
    params: Mapping[str, object]
    operation: str = OPERATION
    detail: Mapping[str, Json] = field(default_factory=dict)
    vouched: bool = False


#: The token counts; the same wherever a client asks.
_COUNTING: LiteralString = """
EXISTS (SELECT FROM exchange_clienttoken WHERE token_hash = %(token)s::bytea
  AND expires_at > %(at)s::timestamptz)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    """A decision, the mark of the law and the day for which it holds, and its statement."""

    mark: uuid.UUID
    day: date
    resource: ResourceInfo
    fields: tuple[str, ...]
    grant: GrantInfo | None
    check: PurposeCheck | None
    source: StraightLookUp
    statement: sql.Kept


@dataclass(slots=True)
class _Act:
    """A look as the journal takes it."""

    actor: Actor
    at: datetime
    subject: str
    operation: str = OPERATION
    correlation: uuid.UUID = field(default_factory=lambda: correlation_id.get() or uuid.uuid4())
    detail: dict[str, Json] = field(default_factory=dict)


_memory: Memory[_Key, _Remembered] = Memory(_MOST_REMEMBERED)
_callers: Memory[str, Caller] = Memory(_MOST_REMEMBERED)


def look_straight(
    *,
    caller: Caller,
    at: datetime,
    resource: str,
    key: str,
    fields: Sequence[str],
    purpose: Purpose,
    valid_on: date | None = None,
) -> StraightAnswer | None:
    """Answer in one statement, or leave nothing and give None: ``request_data`` then says why, or answers."""
    asker = Asker(
        name=caller.client.client_id,
        actor=caller.actor,
        organisation=caller.actor.organisation,
        condition=_COUNTING,
        params={"token": caller.token_hash},
    )
    if not guard().may(caller.actor, OPERATION):
        return None
    return look_in_act(
        asker, at=at, resource=resource, key=key, fields=fields, purpose=purpose, valid_on=valid_on
    )


def look_in_act(
    asker: Asker,
    *,
    at: datetime,
    resource: str,
    key: str,
    fields: Sequence[str],
    purpose: Purpose,
    valid_on: date | None = None,
) -> StraightAnswer | None:
    """The same for an asker whose operation was judged; in the caller's transaction where one is open."""
    actor = asker.actor
    scope = Scope(organisations=(asker.organisation,))
    if not guard().covers(actor, OPERATION, scope) or not may_be_named(actor, purpose):
        return None
    place: _Key = (asker.name, resource, tuple(fields), purpose.kind, valid_on is not None)
    check = None if asker.vouched else _check_of(purpose.kind)
    decision = _memory.get(place)
    if decision is None or decision.day != civil_day(at) or decision.check is not check:
        decision = _decide(asker, place, purpose, at)
        if decision is None:
            return None
        _memory.keep(place, decision)
    try:
        rows = sql.fetch_kept(
            decision.statement, _params(decision, asker, key, purpose, at, valid_on=valid_on)
        )
    except DatabaseError as problem:
        # a state of the source's own, such as a seal that is broken: the command says it in words
        if not str(getattr(problem.__cause__, "sqlstate", "")).startswith("YW"):
            raise
        rows = []
    if not rows:
        _memory.forget(place)
        return None
    ((trace, body, version),) = rows
    if not isinstance(trace, int) or not isinstance(version, int | None):
        raise TypeError("the statement gives the number of the line, the row and its version")
    return StraightAnswer(
        resource=decision.resource.code,
        values=str(body or "null"),
        version=version or 0,
        trace_id=trace,
        at=at,
    )


def remembered_caller(token: str, *, at: datetime) -> Caller:
    """Who stands behind a token, as this process remembers; the statement asks whether it still counts.

    Raises:
        TokenRefused: it is not remembered and does not count.
    """
    kept = _callers.get(token)
    if kept is None:
        kept = _callers.keep(token, caller_of(token, at=at))
    return kept


def forget_caller(token: str) -> None:
    """Ask the database about the token next time."""
    _callers.forget(token)


def _check_of(kind: str) -> PurposeCheck | None:
    return PURPOSE_CHECKS.get(kind) if kind in PURPOSE_CHECKS else None


def _decide(asker: Asker, place: _Key, purpose: Purpose, at: datetime) -> _Remembered | None:
    """Decide, with the mark read before the law; None for a refusal and for what one statement can't do."""
    _, resource, fields, _, of_a_day = place
    mark = law_mark()
    check = None if asker.vouched else _check_of(purpose.kind)
    if mark is None or not isinstance(check, SqlPurposeCheck | None):
        return None
    try:
        info = get_resource(resource)
        grant = rule(
            info, actor=asker.actor, organisation=asker.organisation, fields=fields, purpose=purpose, at=at
        )
    except YiwangError:
        return None
    seen = tuple(dict.fromkeys(fields))
    source = _source(info, seen, grant, of_a_day=of_a_day)
    if source is None:
        return None
    return _Remembered(
        mark=mark, day=civil_day(at), resource=info, fields=seen, grant=grant, check=check, source=source,
        statement=sql.keep(_statement(asker, source, check, has_grant=grant is not None)),
    )  # fmt: skip


def _source(
    info: ResourceInfo, fields: tuple[str, ...], grant: GrantInfo | None, *, of_a_day: bool
) -> StraightLookUp | None:
    """The look-up as a part of a statement, where the key has no say in whether it may be had."""
    provider = PROVIDERS.get(info.kind)
    if not isinstance(provider, StraightProvider) or (grant is not None and grant.needs_consent):
        return None
    rows = grant.row_filter if grant else {}
    return provider.straight(info, fields=fields, rows=rows, of_a_day=of_a_day)


def _statement(
    asker: Asker, source: StraightLookUp, check: SqlPurposeCheck | None, *, has_grant: bool
) -> LiteralString:
    """The whole look. Each part reads from the one before it, so the first that gives no row ends it."""
    quota = USE_QUOTA.format(source="FROM lawful") if has_grant else "SELECT 1 FROM lawful"
    return f"""
WITH lawful AS MATERIALIZED (
  SELECT FROM exchange_lawmark m WHERE m.id = 1 AND m.mark = %(mark)s::uuid AND {asker.condition}
    AND {check.condition if check else "true"}),
counted AS ({quota}),
found AS MATERIALIZED ({source.text}),
trace AS (
  INSERT INTO exchange_traceline ({lines.COLUMNS}, size)
  SELECT {lines.VALUES}, (SELECT count(*) FROM found) FROM counted RETURNING id, size),
ledger_content AS (
  SELECT %(leaf_subject)s::text || t.id AS subject, %(evidence_head)s::text || t.size
    || %(evidence_middle)s::text || t.id || %(evidence_tail)s::text AS content FROM trace t),
computed_leaf AS ({trust.COMPUTED_LEAF}),
journal_detail AS (SELECT jsonb_build_object('trace', t.id) AS detail FROM trace t),
journal AS ({journal.DONE_FROM})
SELECT t.id, f.body, f.version FROM trace t LEFT JOIN found f ON true
"""


def _params(
    decision: _Remembered, asker: Asker, key: str, purpose: Purpose, at: datetime, *, valid_on: date | None
) -> dict[str, object]:
    actor, grant = asker.actor, decision.grant
    kept = decision.source.key_as_kept(key)
    line = line_of(
        actor=actor,
        organisation=asker.organisation,
        kind=LookKind.REQUEST,
        subject=decision.source.subject_of(kept),
        resource=decision.resource.code,
        fields=decision.fields,
        purpose=purpose,
        grant=grant.id if grant else None,
        size=_SIZE,
        at=at,
    )
    line.pk, line.valid_on = lines.NUMBER, valid_on
    head, middle, tail = _around_numbers(trust.canonical_text(evidence_of(line)))
    act = _Act(actor, at, subject_of(decision.resource.code), asker.operation, detail=dict(asker.detail))
    return {
        **asker.params,
        "at": at,
        "mark": decision.mark,
        "source_key": kept,
        "valid": valid_on,
        "known": at,
        **decision.source.params,
        **purpose_params(purpose, asker.organisation),
        **(quota_params(grant, at, secrets.randbelow(slots_of(grant.quota_per_day))) if grant else {}),
        **lines.column_params(line),
        "leaf_subject": LEAF_SUBJECT,
        "evidence_head": head,
        "evidence_middle": middle,
        "evidence_tail": tail,
        **trust.computed_params(LEAF_KIND, at=at),
        **journal.done_params(act),
    }


def _around_numbers(evidence: str) -> tuple[str, str, str]:
    """The evidence without the two numbers that the statement puts in: size first, for names are sorted."""
    head, _, rest = evidence.partition(str(_SIZE))
    middle, _, tail = rest.partition(str(lines.NUMBER))
    return head, middle, tail
