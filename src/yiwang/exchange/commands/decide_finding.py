"""Supervision says what a finding of the watch comes to: explained, or misuse."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.attention import FindingInfo, FindingNotFound, Verdict, refuse_review
from yiwang.exchange.models import Finding
from yiwang.exchange.queries.findings import info_of
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.finding.decide")
def decide_finding(*, actor: Actor, at: datetime, finding: int, verdict: Verdict, words: str) -> FindingInfo:
    """Decide with words that say why.

    Raises:
        FindingNotFound.
        ReviewRefused: decided before, about oneself, or without words.
    """
    row = Finding.objects.select_for_update().filter(pk=finding).first()
    if row is None:
        raise FindingNotFound
    permit(Scope(organisations=(row.organisation,)), subject=f"finding:{finding}")
    refuse_review(is_done=row.decided_at is not None, is_own=row.account_id == actor.account_id, words=words)
    row.decided_at, row.decided_by = at, actor.account_id
    row.verdict, row.words = verdict.value, words.strip()[:500]
    row.save(update_fields=["decided_at", "decided_by", "verdict", "words"])
    emit("FindingDecided", f"finding:{finding}", rule=row.rule, verdict=verdict.value)
    return info_of(row)
