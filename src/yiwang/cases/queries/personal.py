"""What belongs to a person: drafts, licences, appointments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count as CountRows
from django.db.models import Q

from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.contracts.lists import AppointmentView, DraftView, SlotView
from yiwang.cases.contracts.views import LicenceView
from yiwang.cases.contracts.words import AppointmentState
from yiwang.cases.definitions.case_type import CaseType, Window
from yiwang.cases.models import Appointment, Draft, Licence
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.shapes import licence_view
from yiwang.cases.queries.types import case_type
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope

CALL = "cases.appointment.call"
DRAFT = Text("这份草稿", "This draft")


def my_drafts(*, actor: Actor) -> tuple[DraftView, ...]:
    """Forms that the account has begun, latest first."""
    rows = Draft.objects.filter(account_id=actor.account_id or 0).order_by("-saved_at")
    return tuple(draft_view(row) for row in rows)


def draft(*, actor: Actor, draft_id: int) -> DraftView:
    """Give an own draft or raise ThingNotFound."""
    row = Draft.objects.filter(pk=draft_id, account_id=actor.account_id or 0).first()
    if row is None:
        raise ThingNotFound(thing=DRAFT)
    return draft_view(row)


def draft_view(row: Draft) -> DraftView:
    """A draft."""
    return DraftView(
        id=row.pk,
        type_code=row.type_code,
        type_version=row.type_version,
        type_title=case_type(row.type_code).title,
        answers=row.answers,
        files=row.files,
        page=row.page,
        version=row.version,
        saved_at=row.saved_at,
        entity_id=row.entity_id,
    )


def my_licences(*, actor: Actor) -> tuple[LicenceView, ...]:
    """Licences held by the actor, or by the entity that they act for."""
    if actor.for_entity is not None:
        mine = Q(entity_id=actor.for_entity)
    elif actor.person_id is not None:
        mine = Q(person_id=actor.person_id, entity_id__isnull=True)
    else:
        return ()
    return tuple(licence_view(row) for row in Licence.objects.filter(mine).order_by("-issued_at", "-id"))


def my_appointments(*, actor: Actor, since: date) -> tuple[AppointmentView, ...]:
    """Appointments of the account from a day on."""
    rows = Appointment.objects.filter(account_id=actor.account_id or 0, day__gte=since)
    return tuple(appointment_view(row) for row in rows.order_by("day", "slot", "queue_number"))


def queue_of(*, actor: Actor, organisation: str, day: date) -> tuple[AppointmentView, ...]:
    """The queue of a window organisation on a day, by time and number, for its officers.

    Raises:
        OperationNotAllowed: not at this organisation.
    """
    if not guard().covers(actor, CALL, Scope(organisations=(organisation,))):
        raise OperationNotAllowed(operation=CALL)
    rows = Appointment.objects.filter(organisation=organisation, day=day)
    return tuple(appointment_view(row) for row in rows.order_by("slot", "queue_number"))


def free_slots(*, type_code: str, organisation: str, day: date) -> tuple[SlotView, ...]:
    """Times of a window on a day with the places left; none on days when the offices are closed."""
    window = window_of(case_type(type_code).definition, organisation)
    if window is None or not city_calendar().is_working(day):
        return ()
    taken = dict(
        Appointment.objects.filter(organisation=organisation, day=day, type_code=type_code)
        .exclude(state=AppointmentState.CANCELLED)
        .values_list("slot")
        .annotate(CountRows("id"))
    )
    places = places_by_slot(window.slots_per_day)
    return tuple(SlotView(slot=slot, free=max(most - taken.get(slot, 0), 0)) for slot, most in places.items())


def window_of(definition: CaseType, organisation: str) -> Window | None:
    """The window of an item at an organisation that takes appointments."""
    return next((w for w in definition.windows if w.organisation == organisation and w.slots_per_day), None)


def places_by_slot(places: int) -> dict[time, int]:
    """Share a day's places out over the half hours of the office's hours, the early ones first."""
    starts = []
    for opens, closes in city_calendar().hours.spans:
        at = datetime.combine(date.min, opens)
        while at + timedelta(minutes=30) <= datetime.combine(date.min, closes):
            starts.append(at.time())
            at += timedelta(minutes=30)
    each, more = divmod(places, len(starts))
    return {
        start: each + (position < more) for position, start in enumerate(starts) if each or position < more
    }


def appointment_view(row: Appointment) -> AppointmentView:
    """An appointment."""
    return AppointmentView(
        id=row.pk,
        type_code=row.type_code,
        organisation=row.organisation,
        day=row.day,
        slot=row.slot,
        queue_number=row.queue_number,
        name=row.name,
        state=AppointmentState(row.state),
        window=row.window,
        called_at=row.called_at,
    )
