"""What a person allows, and what is asked of the person."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.attention import ConsentInfo
from yiwang.exchange.contracts import GrantInfo
from yiwang.exchange.models import Consent, Grant
from yiwang.exchange.queries.grants import info_of as grant_info
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.subjects import own_subject
from yiwang.platform.contracts import Actor

MOST = 200


def info_of(row: Consent) -> ConsentInfo:
    """A consent's row as others see it."""
    return ConsentInfo(
        id=row.pk,
        resource=row.resource,
        purpose=row.purpose,
        grantee=row.grantee,
        given_at=row.given_at,
        valid_until=row.valid_until,
        withdrawn_at=row.withdrawn_at,
    )


def own_consents(*, actor: Actor) -> list[ConsentInfo]:
    """Give the consents of a signed-in person, or of the firm acted for, the latest first."""
    subject = own_subject(actor)
    if not subject:
        return []
    return [info_of(row) for row in Consent.objects.filter(subject=subject).order_by("-id")[:MOST]]


def grants_that_need_consent(*, at: datetime) -> list[GrantInfo]:
    """Give the grants in force under which nobody looks without consent: what people may be asked for."""
    today = civil_day(at)
    found = Grant.objects.filter(
        needs_consent=True, revoked_at=None, valid_from__lte=today, valid_until__gte=today
    )
    return [grant_info(row) for row in found.order_by("grantee", "resource", "id")[:MOST]]
