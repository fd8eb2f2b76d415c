"""Somebody else reviews an emergency look: the owner of the data, or supervision."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.attention import EmergencyInfo, EmergencyNotFound, Verdict, refuse_review
from yiwang.exchange.models import Emergency
from yiwang.exchange.queries.emergencies import info_of
from yiwang.exchange.rules.emergencies import rung_at
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope

REVIEW = "exchange.emergency.review"


@command(operation=REVIEW)
def review_emergency(
    *, actor: Actor, at: datetime, emergency: int, verdict: Verdict, words: str
) -> EmergencyInfo:
    """Say whether the emergency was one; frees the officer for a next one.

    Raises:
        EmergencyNotFound.
        ReviewRefused: reviewed before, by the officer concerned, or without words.
    """
    row = Emergency.objects.select_for_update().filter(pk=emergency).first()
    if row is None:
        raise EmergencyNotFound
    permit(Scope(organisations=(row.owner,)), subject=f"emergency:{emergency}")
    refuse_review(is_done=row.reviewed_at is not None, is_own=row.account_id == actor.account_id, words=words)
    row.reviewed_at, row.reviewed_by = at, actor.account_id
    row.verdict, row.words = verdict.value, words.strip()[:500]
    row.save(update_fields=["reviewed_at", "reviewed_by", "verdict", "words"])
    emit("EmergencyReviewed", f"emergency:{emergency}", verdict=verdict.value)
    return info_of(row)


@command(operation="exchange.emergency.warn")
def warn_of_emergency(*, actor: Actor, at: datetime, emergency: int) -> bool:
    """Give a look that nobody reviewed its yellow or red card; gives whether it got one.

    Raises:
        EmergencyNotFound.
    """
    row = Emergency.objects.select_for_update().filter(pk=emergency).first()
    if row is None:
        raise EmergencyNotFound
    permit(Scope(organisations=(row.owner,)), subject=f"emergency:{emergency}")
    rung = rung_at(row.opened_at, at)
    if row.reviewed_at is not None or rung <= row.rung:
        return False
    row.rung = rung
    row.save(update_fields=["rung"])
    emit("EmergencyCard", f"emergency:{emergency}", level="red" if rung > 1 else "yellow", owner=row.owner)
    return True
