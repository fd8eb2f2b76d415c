"""Call the next number of today's queue to a window."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.contracts.lists import AppointmentView
from yiwang.cases.contracts.words import AppointmentState
from yiwang.cases.models import Appointment
from yiwang.cases.queries.personal import appointment_view
from yiwang.cases.rows.numbers import ZONE
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_NOBODY = Text("等候的预约", "Somebody who waits")


@command(operation="cases.appointment.call")
def call_next(*, actor: Actor, at: datetime, organisation: str, window: str) -> AppointmentView:
    """Call whoever is first by time and number; two windows never call the same.

    Raises:
        ThingNotFound: nobody waits.
    """
    permit(Scope(organisations=(organisation,)), subject=f"organisation:{organisation}")
    row = (
        Appointment.objects.select_for_update(skip_locked=True)
        .filter(organisation=organisation, day=at.astimezone(ZONE).date(), state=AppointmentState.BOOKED)
        .order_by("slot", "queue_number")
        .first()
    )
    if row is None:
        raise ThingNotFound(thing=_NOBODY)
    row.state, row.window, row.called_at = AppointmentState.CALLED, window[:40], at
    row.served_by = actor.account_id
    row.save(update_fields=["state", "window", "called_at", "served_by"])
    return appointment_view(row)
