"""Large files in parts, as tus 1.0 has it (core and creation): a sender that was cut off goes on.

``POST`` announces a file and gives its address, ``HEAD`` tells how much has come, ``PATCH`` adds a part. When
the last one is there the load begins. https://tus.io/protocols/resumable-upload
"""

from __future__ import annotations

import binascii
from base64 import b64decode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.registers import api
from yiwang.registers.contracts import IntakeNotFound
from yiwang.registers.loading.lines import ENCODINGS
from yiwang.registers.web.listing import refuse_strangers
from yiwang.registers.web.loading import begin, choice, declared_system

_VERSION = "1.0.0"
#: Of one part; the browser sends less.
MOST_OF_A_PART = 16_000_000
_TYPE = "application/offset+octet-stream"


@needs_officer("registers.file.load")
@require_http_methods(["POST"])
def announce(request: HttpRequest, code: str) -> HttpResponse:
    """A file will come: ``Upload-Length`` bytes, its name and what to do in ``Upload-Metadata``."""
    actor = actor_for(request)
    refuse_strangers(actor, code, "registers.file.load")
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    intake = api.receive_file(
        actor=actor,
        at=timezone.now(),
        register=code,
        name=told.get("filename", ""),
        size=_number(request.headers.get("Upload-Length", "")) or 0,
        on_bad_rows=choice(told.get("on_bad_rows")),
        encoding=encoding if (encoding := told.get("encoding", "")) in ENCODINGS else "",
        system=declared_system(told.get("system", "")),
        repairing=told.get("crossing") == "repair",
    )
    answer = HttpResponse(status=201)
    answer["Location"] = reverse("registers:load_part", args=[code, intake])
    return _tus(answer)


@needs_officer("registers.file.load")
@require_http_methods(["HEAD", "PATCH"])
def part(request: HttpRequest, code: str, intake: int) -> HttpResponse:
    """How much has come, or a part more."""
    actor = actor_for(request)
    found = api.get_intake(actor=actor, intake=intake)
    if found.register != code:
        raise IntakeNotFound(intake=intake)
    if request.method == "HEAD":
        answer = HttpResponse()
        answer["Upload-Offset"], answer["Upload-Length"] = str(found.received), str(found.size)
        answer["Cache-Control"] = "no-store"
        return _tus(answer)
    offset = _number(request.headers.get("Upload-Offset", ""))
    length = _number(request.headers.get("Content-Length", ""))
    if request.content_type != _TYPE:
        return _tus(HttpResponse(status=415))
    if offset is None or length is None:
        return _tus(HttpResponse(status=400))
    if length > MOST_OF_A_PART:
        return _tus(HttpResponse(status=413))
    received = api.append_part(actor=actor, intake=intake, offset=offset, content=request.read(length))
    if received == found.size:
        begin(actor, intake, found.size)
    answer = HttpResponse(status=204)
    answer["Upload-Offset"] = str(received)
    return _tus(answer)


def _tus(answer: HttpResponse) -> HttpResponse:
    answer["Tus-Resumable"] = _VERSION
    return answer


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _metadata(text: str) -> dict[str, str]:
    """``key base64, key base64``; what can't be read is left out."""
    found = {}
    for pair in text[:4000].split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
