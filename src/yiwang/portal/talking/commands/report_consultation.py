"""Publish the report of a consultation: every comment, what became of it, and why."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import (
    AlreadyReported,
    CommentsUnanswered,
    ConsultationNotFound,
    StillOpen,
)
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.rules.consulting import Balance, balance_of
from yiwang.portal.talking.rules.wording import judged_text, raise_all

MOST_CONCLUSION = 5000


@command(operation="talking.consultation.report")
def report_consultation(*, actor: Actor, at: datetime, consultation: int, conclusion: str) -> Balance:
    """Publish it once comments have ended and every one is answered; gives the counts.

    Raises:
        ConsultationNotFound, AlreadyReported.
        StillOpen: the last day has not passed.
        CommentsUnanswered: some wait for an answer.
        InvalidInput: no conclusion, or too long.
    """
    row = CONSULTATIONS.locked(consultation)
    permit(Scope(organisations=(row.organisation,)), subject=f"consultation:{row.pk}")
    if row.put_out_at is None:
        raise ConsultationNotFound
    if row.reported_at is not None:
        raise AlreadyReported
    if timezone.localdate(at) <= row.closes_on:
        raise StillOpen(until=row.closes_on)
    balance = balance_of(row.comments.values_list("outcome", flat=True))
    if balance.unanswered:
        raise CommentsUnanswered(unanswered=balance.unanswered)
    raise_all(judged_text("conclusion", conclusion, MOST_CONCLUSION))
    row.reported_at, row.conclusion = at, conclusion.strip()
    row.save(update_fields=["reported_at", "conclusion"])
    return balance
