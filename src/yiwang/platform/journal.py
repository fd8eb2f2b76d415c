"""The legal trace of acts and refusals: who did or tried what, where, when. Never personal content."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Protocol

from yiwang.kernel.errors import YiwangError
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


def _row(act: JournalledAct, outcome: str, reason: str) -> JournalEntry:
    return JournalEntry(
        at=act.at,
        operation=act.operation,
        actor_kind=act.actor.kind,
        account_id=act.actor.account_id,
        system=act.actor.name if act.actor.kind == "system" else "",
        organisation=act.actor.organisation,
        delegated_by=act.actor.delegated_by,
        subject=act.subject,
        outcome=outcome,
        reason=reason,
        detail=act.detail,
        correlation=act.correlation,
    )


def write_done(act: JournalledAct) -> None:
    """Write the row of a completed act, in its own transaction."""
    _row(act, JournalEntry.DONE, "").save(force_insert=True)


def write_refused(act: JournalledAct, error: YiwangError) -> None:
    """Write the row of a refusal, after the roll-back."""
    _row(act, JournalEntry.REFUSED, error.code).save(force_insert=True)
