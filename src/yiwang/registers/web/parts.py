"""A large file of entries in parts; when the last one is there the load begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.platform.http.parts import announced_at, read_announcement, read_part, tell_added, tell_received
from yiwang.registers import api
from yiwang.registers.contracts import IntakeNotFound
from yiwang.registers.loading.lines import ENCODINGS
from yiwang.registers.web.listing import refuse_strangers
from yiwang.registers.web.loading import begin, choice, declared_system


@needs_officer("registers.file.load")
@require_http_methods(["POST"])
def announce(request: HttpRequest, code: str) -> HttpResponse:
    """A file will come; its name and what to do are said with it."""
    actor = actor_for(request)
    refuse_strangers(actor, code, "registers.file.load")
    said = read_announcement(request)
    told = said.words
    intake = api.receive_file(
        actor=actor,
        at=timezone.now(),
        register=code,
        name=told.get("filename", ""),
        size=said.size,
        on_bad_rows=choice(told.get("on_bad_rows")),
        encoding=encoding if (encoding := told.get("encoding", "")) in ENCODINGS else "",
        system=declared_system(told.get("system", "")),
        repairing=told.get("crossing") == "repair",
    )
    return announced_at(reverse("registers:load_part", args=[code, intake]))


@needs_officer("registers.file.load")
@require_http_methods(["HEAD", "PATCH"])
def part(request: HttpRequest, code: str, intake: int) -> HttpResponse:
    """How much has come, or a part more."""
    actor = actor_for(request)
    found = api.get_intake(actor=actor, intake=intake)
    if found.register != code:
        raise IntakeNotFound(intake=intake)
    if request.method == "HEAD":
        return tell_received(found.received, found.size)
    sent = read_part(request)
    if isinstance(sent, HttpResponse):
        return sent
    received = api.append_part(actor=actor, intake=intake, offset=sent.offset, content=sent.content)
    if received == found.size:
        begin(actor, intake, found.size)
    return tell_added(received)
