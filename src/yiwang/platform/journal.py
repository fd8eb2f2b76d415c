"""The legal trace of acts and refusals: who did or tried what, where, when. Never personal content."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import LiteralString, Protocol

from yiwang.kernel.errors import YiwangError
from yiwang.platform import sql
from yiwang.platform.contracts import Actor, Json
from yiwang.platform.models import JournalEntry


class JournalledAct(Protocol):
    """What the journal needs to know of an act."""

    operation: str
    actor: Actor
    at: datetime
    correlation: uuid.UUID
    subject: str
    detail: dict[str, Json]


_INSERT: LiteralString = """
INSERT INTO platform_journalentry (at, operation, actor_kind, account_id, system, organisation, delegated_by,
  subject, outcome, reason, detail, correlation)
VALUES (%(journal_at)s, %(journal_operation)s, %(journal_kind)s, %(journal_account)s, %(journal_system)s,
  %(journal_organisation)s, %(journal_delegated)s, %(journal_subject)s, %(journal_outcome)s,
  %(journal_reason)s, %(journal_detail)s::jsonb, %(journal_correlation)s)
"""

#: The same from a part of the caller's statement, ``journal_detail (detail jsonb)``: a row for each of its.
DONE_FROM: LiteralString = """
INSERT INTO platform_journalentry (at, operation, actor_kind, account_id, system, organisation, delegated_by,
  subject, outcome, reason, detail, correlation)
SELECT %(journal_at)s::timestamptz, %(journal_operation)s::text, %(journal_kind)s::text,
  %(journal_account)s::bigint, %(journal_system)s::text, %(journal_organisation)s::text,
  %(journal_delegated)s::bigint, %(journal_subject)s::text, %(journal_outcome)s::text,
  %(journal_reason)s::text, %(journal_detail)s::jsonb || d.detail, %(journal_correlation)s::uuid
FROM journal_detail d
"""


def _params(act: JournalledAct, outcome: str, reason: str) -> dict[str, object]:
    return {
        "journal_at": act.at,
        "journal_operation": act.operation,
        "journal_kind": act.actor.kind,
        "journal_account": act.actor.account_id,
        "journal_system": act.actor.name if act.actor.kind == "system" else "",
        "journal_organisation": act.actor.organisation,
        "journal_delegated": act.actor.delegated_by,
        "journal_subject": act.subject,
        "journal_outcome": outcome,
        "journal_reason": reason,
        "journal_detail": sql.json_text(act.detail),
        "journal_correlation": act.correlation,
    }


def done_part(act: JournalledAct) -> sql.Part:
    """The row of a completed act, to be written with whatever else the act writes."""
    return sql.Part("journal", _INSERT, _params(act, JournalEntry.DONE, ""))


def done_params(act: JournalledAct) -> dict[str, object]:
    """What :data:`DONE_FROM` takes: the row of an act that one statement does alone."""
    return _params(act, JournalEntry.DONE, "")


def write_refused(act: JournalledAct, error: YiwangError) -> None:
    """Write the row of a refusal, after the roll-back."""
    sql.execute(_INSERT, _params(act, JournalEntry.REFUSED, error.code))
