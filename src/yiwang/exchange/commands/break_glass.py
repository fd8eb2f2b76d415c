"""Look without a grant in an emergency: at once, with a reason, seen by the person, reviewed by others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.attention import EmergencyRefused, ReviewWaiting
from yiwang.exchange.contracts import Answer, LookKind, Purpose, ResourceInfo, ResourceNotShared, Sharing
from yiwang.exchange.looking import write_trace
from yiwang.exchange.models import Emergency
from yiwang.exchange.providers import PROVIDERS
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.rules.emergencies import LASTS, REVIEW_WITHIN, goes_on
from yiwang.exchange.rules.grants import refuse_unknown
from yiwang.exchange.rules.purposes import is_sound
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('exchange.emergency', %s))"


@command(operation="exchange.emergency.look")
def break_glass(
    *, actor: Actor, at: datetime, resource: str, key: str, fields: Sequence[str], incident: str, reason: str
) -> Answer:
    """Give fields of an entry because of an incident (its number at the duty office, say).

    Further looks because of the same incident go on for four hours under the same opening.

    Raises:
        ResourceNotFound, FieldsNotGranted.
        ResourceNotShared: no emergency opens what is not shared with anybody.
        EmergencyRefused: no reason or incident, or one's own resource, which needs no emergency.
        ReviewWaiting: an earlier one of this officer has not been reviewed.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"resource:{resource[:40]}")
    info = get_resource(resource)
    purpose = Purpose(kind="emergency", reference=incident.strip())
    _refuse_unsound(actor, info, purpose, reason)
    refuse_unknown(info, fields)
    opened = _opened(actor, info, incident=purpose.reference, reason=reason.strip(), at=at)
    wanted = tuple(dict.fromkeys(fields))
    found = PROVIDERS.get(info.kind).look_up(info, key=key, fields=wanted, rows={}, at=at)
    trace = write_trace(
        actor=actor,
        organisation=actor.organisation,
        kind=LookKind.BREAK_GLASS,
        subject=found.subject,
        resource=info.code,
        fields=wanted,
        purpose=purpose,
        grant=None,
        size=int(found.values is not None),
        at=at,
    )
    opened.looks += 1
    opened.save(update_fields=["looks"])
    note(emergency=opened.pk)
    emit("GlassBroken", f"emergency:{opened.pk}", resource=info.code, organisation=actor.organisation)
    values = None if found.values is None else {name: found.values[name] for name in wanted}
    return Answer(resource=info.code, values=values, version=found.version, trace_id=trace, at=at)


def _refuse_unsound(actor: Actor, info: ResourceInfo, purpose: Purpose, reason: str) -> None:
    if info.sharing is Sharing.NOT_SHARED:
        raise ResourceNotShared(resource=info.code)
    if actor.organisation == info.owner or info.sharing is Sharing.UNCONDITIONAL:
        raise EmergencyRefused(reason=Text("该资源无需紧急查看", "this resource needs none"))
    if len(purpose.reference) > 60 or not is_sound(purpose):
        raise EmergencyRefused(
            reason=Text("须写明事件编号，且不得含身份证号", "the incident's number, no identity number")
        )
    if len(reason.strip()) < 5 or len(reason) > 500:
        raise EmergencyRefused(reason=Text("须写明理由（5至500字）", "a reason of 5 to 500 characters"))


def _opened(actor: Actor, info: ResourceInfo, *, incident: str, reason: str, at: datetime) -> Emergency:
    """The opening under which this look happens: that of the same incident while it lasts, else a new one."""
    sql.execute(_LOCK, [actor.account_id or 0])
    waiting = Emergency.objects.filter(account_id=actor.account_id or 0, reviewed_at=None).order_by("id")
    for earlier in waiting:
        same = (earlier.incident, earlier.resource, earlier.organisation)
        if same != (incident, info.code, actor.organisation) or not goes_on(
            ends_at=earlier.ends_at, looks=earlier.looks, at=at
        ):
            raise ReviewWaiting(incident=earlier.incident)
        return earlier
    return Emergency.objects.create(
        account_id=actor.account_id or 0,
        organisation=actor.organisation,
        resource=info.code,
        owner=info.owner,
        incident=incident,
        reason=reason,
        opened_at=at,
        ends_at=at + LASTS,
        review_due_at=at + REVIEW_WITHIN,
    )
