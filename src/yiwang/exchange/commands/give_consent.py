"""A person consents to looks at the own data, or withdraws a consent at once (PIPL articles 13 to 15)."""

from __future__ import annotations

from datetime import date, datetime

from yiwang.exchange.attention import ConsentInfo, ConsentNotFound, ConsentRefused
from yiwang.exchange.contracts import Sharing
from yiwang.exchange.models import Consent
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.consents import info_of
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.purposes import GRANTABLE
from yiwang.exchange.subjects import own_subject
from yiwang.identity.api import find_organisation
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope

OPERATION = "exchange.consent.give"
LONGEST_DAYS = 366


@command(operation=OPERATION)
def give_consent(
    *, actor: Actor, at: datetime, resource: str, purpose: str, grantee: str, valid_until: date
) -> ConsentInfo:
    """Let an organisation look at the own data, or those of the firm acted for, until a day.

    A consent that is there already gets the new last day.

    Raises:
        ResourceNotFound.
        ConsentRefused: nobody to consent, no such organisation or purpose, a day past or over a year away.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"resource:{resource[:40]}")
    info = get_resource(resource)
    subject, today = own_subject(actor), civil_day(at)
    if not subject or actor.person_id is None:
        reason = Text("本账户没有实名信息", "no person is known of this account")
    elif info.sharing is not Sharing.CONDITIONAL or grantee == info.owner:
        reason = Text("该资源不需要同意", "this resource needs no consent")
    elif find_organisation(grantee) is None:
        reason = Text("没有这个单位", "there is no such organisation")
    elif purpose not in GRANTABLE:
        reason = Text("事由有误", "there is no such purpose")
    elif not 0 <= (valid_until - today).days <= LONGEST_DAYS:
        reason = Text("期限应在今天起一年以内", "its last day lies within a year from today")
    else:
        row, made = Consent.objects.select_for_update().get_or_create(
            subject=subject,
            resource=info.code,
            purpose=purpose,
            grantee=grantee,
            withdrawn_at=None,
            defaults={"person_id": actor.person_id, "given_at": at, "valid_until": valid_until},
        )
        if not made:
            row.person_id, row.given_at, row.valid_until = actor.person_id, at, valid_until
            row.save(update_fields=["person_id", "given_at", "valid_until"])
        emit("ConsentGiven", f"consent:{row.pk}", resource=info.code, grantee=grantee)
        return info_of(row)
    raise ConsentRefused(reason=reason)


@command(operation="exchange.consent.withdraw")
def withdraw_consent(*, actor: Actor, at: datetime, consent: int) -> ConsentInfo:
    """End a consent from this instant; a second time changes nothing.

    Raises:
        ConsentNotFound: there is none, or it is somebody else's: the two look alike.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"consent:{consent}")
    subject = own_subject(actor)
    row = Consent.objects.select_for_update().filter(pk=consent, subject=subject).first() if subject else None
    if row is None:
        raise ConsentNotFound
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        emit("ConsentWithdrawn", f"consent:{row.pk}", resource=row.resource, grantee=row.grantee)
    return info_of(row)
