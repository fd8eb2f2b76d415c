"""Book a time at a window: days with places, half hours, a queue number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.cases.api import book_appointment, cancel_appointment, case_type, free_slots, my_appointments
from yiwang.cases.contracts import (
    AppliedType,
    AppointmentState,
    AppointmentView,
    BookingsExhausted,
    SlotFull,
    SlotView,
    ThingNotFound,
)
from yiwang.cases.definitions.case_type import Window
from yiwang.identity.api import needs_sign_in, organisation_names, person
from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.portal.contracts import NotBookable
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.web.asking import asked, posted
from yiwang.portal.web.space.me import frame, me

_DAYS_SHOWN = 10
_DAYS_AHEAD = 30
_NAME_LENGTH = 50
_CHOOSE = Text("请选择时间", "Choose a time")
_OTHER_DAY = Text("这一天已不能预约，请另选一天", "This day can no longer be booked. Choose another")
_NAME = Text("请填写到场人姓名", "Enter the name of the person who will come")
_FREE = Text("{slot}（余{n}）", "{slot} ({n} left)")
STATES = {
    AppointmentState.BOOKED: (Text("已预约", "Booked"), "info"),
    AppointmentState.CALLED: (Text("正在叫号", "Called now"), "warning"),
    AppointmentState.FINISHED: (Text("已办结", "Done"), "success"),
    AppointmentState.MISSED: (Text("过号", "Missed"), "danger"),
    AppointmentState.CANCELLED: (Text("已取消", "Cancelled"), "neutral"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be booked: the windows of an item, the one chosen, its next days, the day chosen."""

    item: AppliedType
    windows: tuple[Window, ...]
    window: Window
    days: Mapping[date, tuple[SlotView, ...]]
    day: date | None
    at: datetime


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Choose window, day and time; every choice but the last is a plain link."""
    actor, at = me(request), timezone.now()
    offer = _offer(request, public_item(code), at)
    errors: dict[str, Text] = {}
    if request.method == "POST":
        slot = _slot(posted(request, "slot", most=5))
        name = posted(request, "name", most=_NAME_LENGTH)
        errors = {key: text for key, text, ok in (("slot", _CHOOSE, slot), ("name", _NAME, name)) if not ok}
        if offer.day is None or offer.day.isoformat() != asked(request, "day", most=10):
            errors["slot"] = _OTHER_DAY
        if not errors and slot is not None and offer.day is not None:
            try:
                booked = book_appointment(
                    actor=actor,
                    at=at,
                    type_code=code,
                    organisation=offer.window.organisation,
                    day=offer.day,
                    slot=slot,
                    name=name,
                )
            except (SlotFull, BookingsExhausted) as refused:
                errors["slot"] = refused.sentence
            else:
                return redirect("portal:ticket", appointment_id=booked.id)
    context = _context(request, actor, offer, errors)
    return render(request, "portal/book.html", context, status=422 if errors else 200)


def _offer(request: HttpRequest, item: AppliedType, at: datetime) -> Offer:
    windows = tuple(window for window in item.definition.windows if window.slots_per_day)
    if not windows:
        raise NotBookable
    wanted = asked(request, "at")
    window = next((window for window in windows if window.organisation == wanted), windows[0])
    days = _days(item, window, at)
    return Offer(item=item, windows=windows, window=window, days=days, day=_chosen_day(request, days), at=at)


def _open_slots(item: AppliedType, window: Window, day: date, at: datetime) -> tuple[SlotView, ...]:
    """Times of a day that are still to come; full ones are shown as full."""
    local = timezone.localtime(at)
    slots = free_slots(type_code=item.code, organisation=window.organisation, day=day)
    return tuple(slot for slot in slots if (day, slot.slot) > (local.date(), local.time()))


def _days(item: AppliedType, window: Window, at: datetime) -> dict[date, tuple[SlotView, ...]]:
    """The next days on which the window is open, with their times."""
    today, found = timezone.localdate(at), {}
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        slots = _open_slots(item, window, day, at)
        if slots:
            found[day] = slots
        if len(found) == _DAYS_SHOWN:
            break
    return found


def _chosen_day(request: HttpRequest, days: dict[date, tuple[SlotView, ...]]) -> date | None:
    try:
        wanted = date.fromisoformat(asked(request, "day", most=10))
    except ValueError:
        wanted = None
    if wanted in days:
        return wanted
    return next((day for day, slots in days.items() if any(slot.free for slot in slots)), None)


def _slot(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _context(
    request: HttpRequest, actor: Actor, offer: Offer, errors: Mapping[str, Text]
) -> dict[str, object]:
    names = organisation_names({one.organisation for one in offer.windows})
    slot, name = _slot_control(request, offer, errors), _name_control(request, actor, errors)
    here = f"?at={offer.window.organisation}"
    return {
        "item": offer.item,
        "window": offer.window,
        "window_name": names[offer.window.organisation],
        "windows": [
            {
                "text": names[one.organisation],
                "href": f"?at={one.organisation}",
                "current": one is offer.window,
            }
            for one in offer.windows
        ],
        "days": [
            {
                "day": one,
                "free": sum(slot.free for slot in slots),
                "href": f"{here}&day={one.isoformat()}",
                "current": one == offer.day,
                "today": one == timezone.localdate(offer.at),
            }
            for one, slots in offer.days.items()
        ],
        "day": offer.day,
        # Named, not left to the address of the page: the default day is another once this one is full.
        "action": f"{here}&day={offer.day.isoformat()}" if offer.day is not None else "",
        "slot": slot,
        "name": name,
        "phone": person(actor.person_id).phone if actor.person_id is not None else "",
        "errors": [
            {"text": text, "href": f"#{(name if key == 'name' else slot).anchor}"}
            for key, text in errors.items()
        ],
    }


def _slot_control(request: HttpRequest, offer: Offer, errors: Mapping[str, Text]) -> Control:
    slots = offer.days.get(offer.day, ()) if offer.day is not None else ()
    return Control(
        kind="choice",
        name="slot",
        label=Text("时间", "Time"),
        options=[
            Option(value=f"{one.slot:%H:%M}", label=_FREE.fill(slot=f"{one.slot:%H:%M}", n=one.free))
            for one in slots
            if one.free
        ],
        value=posted(request, "slot", most=5),
        errors=[errors["slot"]] if "slot" in errors else (),
    )


def _name_control(request: HttpRequest, actor: Actor, errors: Mapping[str, Text]) -> Control:
    return Control(
        kind="text",
        name="name",
        label=Text("到场人姓名", "Name of the person who will come"),
        value=posted(request, "name", most=_NAME_LENGTH) if request.method == "POST" else actor.name,
        errors=[errors["name"]] if "name" in errors else (),
        width=24,
        max_length=_NAME_LENGTH,
    )


@needs_sign_in
@require_safe
@never_cache
def appointments(request: HttpRequest) -> HttpResponse:
    """My appointments: those to come, then those of the last three months."""
    actor, today = me(request), timezone.localdate()
    found = my_appointments(actor=actor, since=today - timedelta(days=90))
    rows = [_row(one) for one in found]
    context = frame(request, actor, "appointments") | {
        "coming": [row for row, one in zip(rows, found, strict=True) if one.day >= today and _waits(one)],
        "past": [row for row, one in zip(rows, found, strict=True) if one.day < today or not _waits(one)][
            ::-1
        ],
    }
    return render(request, "portal/space/appointments.html", context)


def _waits(one: AppointmentView) -> bool:
    return one.state in {AppointmentState.BOOKED, AppointmentState.CALLED}


def _row(one: AppointmentView) -> dict[str, object]:
    state, tone = STATES[one.state]
    return {
        "appointment": one,
        "title": case_type(one.type_code).title,
        "organisation": organisation_names({one.organisation})[one.organisation],
        "state": state,
        "tone": tone,
        "href": reverse("portal:ticket", args=[one.id]),
    }


def _own(actor: Actor, appointment_id: int) -> AppointmentView:
    for one in my_appointments(actor=actor, since=date(2000, 1, 1)):
        if one.id == appointment_id:
            return one
    raise ThingNotFound(thing=Text("这个预约", "This appointment"))


@needs_sign_in
@require_safe
@never_cache
def ticket(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """The ticket to show at the counter: queue number, day, time, place."""
    actor = me(request)
    one = _own(actor, appointment_id)
    definition = case_type(one.type_code).definition
    window = next((w for w in definition.windows if w.organisation == one.organisation), None)
    context = frame(request, actor, "appointments") | _row(one)
    context |= {
        "window": window,
        "materials": definition.materials,
        "can_cancel": one.state is AppointmentState.BOOKED,
    }
    return render(request, "portal/space/ticket.html", context)


@needs_sign_in
@require_POST
def cancel(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Give the place back."""
    actor = me(request)
    _own(actor, appointment_id)
    try:
        cancel_appointment(actor=actor, at=timezone.now(), appointment_id=appointment_id)
        messages.success(request, say(Text("预约已取消。", "The appointment is cancelled.")))
    except RuleViolation as refused:
        tell(request, refused)
    return redirect("portal:appointments")
