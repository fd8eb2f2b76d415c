"""The queue of a window: who is next, call, finish."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases.api import call_next, case_type, finish_appointment, queue_of
from yiwang.cases.contracts import AppointmentState
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

_STATES = {
    AppointmentState.BOOKED: (Text("等候", "Waiting"), "info"),
    AppointmentState.CALLED: (Text("办理中", "At the window"), "progress"),
    AppointmentState.FINISHED: (Text("已办", "Done"), "success"),
    AppointmentState.MISSED: (Text("过号", "Missed"), "neutral"),
    AppointmentState.CANCELLED: (Text("已取消", "Cancelled"), "neutral"),
}


@needs_officer("cases.appointment.call")
@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    """Today's appointments at the officer's organisation."""
    actor = actor_for(request)
    found = queue_of(actor=actor, organisation=actor.organisation, day=timezone.localdate())
    rows = [
        {
            "row": row,
            "title": case_type(row.type_code).title,
            "state": _STATES[row.state][0],
            "tone": _STATES[row.state][1],
            "is_called": row.state is AppointmentState.CALLED,
        }
        for row in found
    ]
    waiting = sum(row.state is AppointmentState.BOOKED for row in found)
    return render(request, "cases/queue.html", {"rows": rows, "waiting": waiting, "window": _window(request)})


def _window(request: HttpRequest) -> str:
    """The officer's window; it stands in the address, so that each browser keeps its own."""
    return (request.POST.get("window") or request.GET.get("window") or "1").strip()[:20]


@needs_officer("cases.appointment.call")
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Call the next number to a window."""
    actor = actor_for(request)
    try:
        called = call_next(
            actor=actor,
            at=timezone.now(),
            organisation=actor.organisation,
            window=_window(request),
        )
    except YiwangError as refused:
        tell(request, refused)
    else:
        told = Text("请{number}号到{window}号窗口。", "Number {number}, please come to window {window}.")
        messages.success(request, say(told.fill(number=called.queue_number, window=called.window)))
    return _back(request)


@needs_officer("cases.appointment.finish")
@require_POST
def finish(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """The visitor at the window is done."""
    try:
        finish_appointment(actor=actor_for(request), at=timezone.now(), appointment_id=appointment_id)
    except YiwangError as refused:
        tell(request, refused)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('desk:queue')}?{urlencode({'window': _window(request)})}")
