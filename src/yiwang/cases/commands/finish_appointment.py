"""The visitor at the window is done, or did not come."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AppointmentEnded, ThingNotFound
from yiwang.cases.contracts.words import AppointmentState
from yiwang.cases.models import Appointment
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_APPOINTMENT = Text("这个预约", "This appointment")


@command(operation="cases.appointment.finish")
def finish_appointment(
    *,
    actor: Actor,
    at: datetime,
    appointment_id: int,
    missed: bool = False,
    case_id: int | None = None,
) -> None:
    """End an appointment that was called; ``case_id`` is what came of it.

    Raises:
        ThingNotFound, AppointmentEnded.
    """
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise ThingNotFound(thing=_APPOINTMENT)
    permit(Scope(organisations=(row.organisation,)), subject=f"appointment:{row.pk}")
    if row.state != AppointmentState.CALLED:
        raise AppointmentEnded
    row.state = AppointmentState.MISSED if missed else AppointmentState.FINISHED
    row.finished_at, row.case_id = at, case_id
    row.save(update_fields=["state", "finished_at", "case_id"])
