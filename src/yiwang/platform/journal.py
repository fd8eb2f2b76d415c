"""The legal trace of acts and refusals: who did or tried what, where, when. Never personal content."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Protocol

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


_INSERT = """
INSERT INTO platform_journalentry (at, operation, actor_kind, account_id, system, organisation, delegated_by,
  subject, outcome, reason, detail, correlation)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)
"""


def _write(act: JournalledAct, outcome: str, reason: str) -> None:
    sql.execute(
        _INSERT,
        [
            act.at,
            act.operation,
            act.actor.kind,
            act.actor.account_id,
            act.actor.name if act.actor.kind == "system" else "",
            act.actor.organisation,
            act.actor.delegated_by,
            act.subject,
            outcome,
            reason,
            sql.json_text(act.detail),
            act.correlation,
        ],
    )


def write_done(act: JournalledAct) -> None:
    """Write the row of a completed act, in its own transaction."""
    _write(act, JournalEntry.DONE, "")


def write_refused(act: JournalledAct, error: YiwangError) -> None:
    """Write the row of a refusal, after the roll-back."""
    _write(act, JournalEntry.REFUSED, error.code)
