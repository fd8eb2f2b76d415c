"""An organisation asks the owner of a resource for a grant (State Council 2016 No. 51, article 12)."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.access import ACCESS_DESKS, DESK, AccessNotAsked, AskedAccess
from yiwang.exchange.models import AccessRequest
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.terms import refuse_unsound_terms
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.access.ask")
def ask_for_access(*, actor: Actor, at: datetime, asked: AskedAccess) -> str:
    """Hand a request to whoever examines it, in the name of the officer's organisation; gives its number.

    Raises:
        ResourceNotFound, FieldsNotGranted.
        AccessNotAsked: nobody could grant this, or nobody examines requests here.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"resource:{asked.resource[:40]}")
    info = get_resource(asked.resource)
    refuse_unsound_terms(info, asked.terms, asker=actor.organisation, today=civil_day(at))
    if not asked.reason.strip():
        raise AccessNotAsked(reason=Text("须写明用途", "say what it is needed for"))
    if DESK not in ACCESS_DESKS:
        raise AccessNotAsked(reason=Text("本市未开通网上申请", "the city takes no requests online"))
    number = ACCESS_DESKS.get(DESK).apply(actor, asked, info, at=at)
    AccessRequest.objects.create(
        resource=info.code,
        owner=info.owner,
        organisation=actor.organisation,
        asked_by=actor.account_id,
        asked_at=at,
        case_number=number,
    )
    note(case=number)
    emit("AccessAsked", f"resource:{info.code}", organisation=actor.organisation, case=number)
    return number
