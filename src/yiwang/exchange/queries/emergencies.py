"""Emergency looks, those that wait for a review first."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from yiwang.exchange.attention import EmergencyInfo, Verdict
from yiwang.exchange.models import Emergency
from yiwang.exchange.rules.emergencies import REVIEW_WITHIN, YELLOW_AFTER
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

REVIEW = "exchange.emergency.review"
LOOK = "exchange.emergency.look"
MOST = 200


def may_break_glass(actor: Actor) -> bool:
    """Whether an officer's role allows looks in an emergency."""
    return guard().may(actor, LOOK)


def info_of(row: Emergency) -> EmergencyInfo:
    """An emergency's row as others see it."""
    return EmergencyInfo(
        id=row.pk,
        account_id=row.account_id,
        organisation=row.organisation,
        resource=row.resource,
        owner=row.owner,
        incident=row.incident,
        reason=row.reason,
        opened_at=row.opened_at,
        ends_at=row.ends_at,
        looks=row.looks,
        review_due_at=row.review_due_at,
        rung=row.rung,
        reviewed_at=row.reviewed_at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        words=row.words,
    )


def list_emergencies(*, actor: Actor) -> list[EmergencyInfo]:
    """Give those that an officer may review: of the own organisation's data, or for supervision all."""
    waiting = Emergency.objects.order_by(F("reviewed_at").desc(nulls_first=True), "review_due_at", "id")
    whole_city = guard().covers(actor, REVIEW, Scope())
    rows = waiting[:MOST] if whole_city else waiting.filter(owner=actor.organisation)[:MOST]
    return [info_of(row) for row in rows if whole_city or _covers(actor, row.owner)]


def own_emergencies(*, actor: Actor) -> list[EmergencyInfo]:
    """Give an officer's own, the latest first."""
    rows = Emergency.objects.filter(account_id=actor.account_id or 0).order_by("-id")[:MOST]
    return [info_of(row) for row in rows]


def ids_to_warn(at: datetime, *, most: int) -> list[int]:
    """Those whose next card is due."""
    late = Q(rung=0, review_due_at__lte=at + REVIEW_WITHIN - YELLOW_AFTER) | Q(rung=1, review_due_at__lte=at)
    due = Emergency.objects.filter(late, reviewed_at=None).order_by("review_due_at", "id")
    return list(due.values_list("id", flat=True)[:most])


def _covers(actor: Actor, owner: str) -> bool:
    return guard().covers(actor, REVIEW, Scope(organisations=(owner,)))
