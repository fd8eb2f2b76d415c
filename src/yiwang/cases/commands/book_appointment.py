"""Book a time at a window and get a queue number (E8)."""

from __future__ import annotations

from datetime import date, datetime, time

from yiwang.cases.contracts.errors import BookingsExhausted, SlotFull
from yiwang.cases.contracts.lists import AppointmentView
from yiwang.cases.contracts.words import AppointmentState
from yiwang.cases.models import Appointment
from yiwang.cases.queries.personal import appointment_view, free_slots
from yiwang.cases.rows.numbers import ZONE, next_of
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

#: Places are few; who could book them all would close the windows to everybody else.
MOST_BOOKINGS = 5


@command(operation="cases.appointment.book")
def book_appointment(
    *,
    actor: Actor,
    at: datetime,
    type_code: str,
    organisation: str,
    day: date,
    slot: time,
    name: str = "",
) -> AppointmentView:
    """Book for oneself, or as a window officer for a visitor.

    Raises:
        SlotFull: the time is past, not offered, or has no place left.
        BookingsExhausted: the account holds as many as one may.
    """
    if actor.kind == "citizen":
        permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"type:{type_code}")
    else:
        permit(Scope(organisations=(organisation,)), subject=f"type:{type_code}")
    if actor.kind == "citizen":
        _refuse_hoarding(actor, at)
    # The series' row is locked until the end: places are counted by one booking at a time.
    number = next_of(f"queue:{organisation}:{day:%Y%m%d}")
    free = {
        each.slot: each.free for each in free_slots(type_code=type_code, organisation=organisation, day=day)
    }
    if not free.get(slot) or datetime.combine(day, slot, ZONE) <= at:
        raise SlotFull
    row = Appointment.objects.create(
        type_code=type_code,
        organisation=organisation,
        day=day,
        slot=slot,
        queue_number=number,
        person_id=actor.person_id if actor.kind == "citizen" else None,
        account_id=actor.account_id if actor.kind == "citizen" else None,
        name=name or actor.name,
        booked_at=at,
    )
    return appointment_view(row)


def _refuse_hoarding(actor: Actor, at: datetime) -> None:
    held = Appointment.objects.filter(
        account_id=actor.account_id, state=AppointmentState.BOOKED, day__gte=at.astimezone(ZONE).date()
    )
    if held.count() >= MOST_BOOKINGS:
        raise BookingsExhausted(most=MOST_BOOKINGS)
