"""Cancel an appointment; its place becomes free."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AppointmentEnded, ThingNotFound
from yiwang.cases.contracts.words import AppointmentState
from yiwang.cases.models import Appointment
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_APPOINTMENT = Text("这个预约", "This appointment")


@command(operation="cases.appointment.cancel")
def cancel_appointment(*, actor: Actor, at: datetime, appointment_id: int) -> None:
    """Cancel an own appointment, or one at the officer's window.

    Raises:
        ThingNotFound, AppointmentEnded.
    """
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None or (actor.kind == "citizen" and row.account_id != actor.account_id):
        raise ThingNotFound(thing=_APPOINTMENT)
    if actor.kind == "citizen":
        scope = Scope(person_id=actor.person_id, entity_id=actor.for_entity)
    else:
        scope = Scope(organisations=(row.organisation,))
    permit(scope, subject=f"appointment:{row.pk}")
    if row.state != AppointmentState.BOOKED:
        raise AppointmentEnded
    row.state = AppointmentState.CANCELLED
    row.save(update_fields=["state"])
