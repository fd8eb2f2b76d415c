"""Large files in parts, as tus 1.0 has it (core and creation): a sender that was cut off goes on.

``POST`` announces a file and gives its address, ``HEAD`` tells how much has come, ``PATCH`` adds a part.
https://tus.io/protocols/resumable-upload
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

_VERSION = "1.0.0"
#: Of one part; the browser sends less.
MOST_OF_A_PART = 16_000_000
_TYPE = "application/offset+octet-stream"


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a file from ``offset`` on."""

    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Announced:
    """``size`` bytes will come (0: nobody said how many), and what their sender says of them."""

    size: int
    words: dict[str, str]


def read_announcement(request: HttpRequest) -> Announced:
    """``Upload-Length`` and ``Upload-Metadata``; words that can't be read are left out."""
    words = {}
    for pair in request.headers.get("Upload-Metadata", "")[:4000].split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            words[key] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return Announced(_number(request.headers.get("Upload-Length", "")) or 0, words)


def read_part(request: HttpRequest) -> Part | HttpResponse:
    """The part, or how it is refused."""
    offset = _number(request.headers.get("Upload-Offset", ""))
    length = _number(request.headers.get("Content-Length", ""))
    if request.content_type != _TYPE:
        return _tus(HttpResponse(status=415))
    if offset is None or length is None:
        return _tus(HttpResponse(status=400))
    if length > MOST_OF_A_PART:
        return _tus(HttpResponse(status=413))
    return Part(offset, request.read(length))


def announced_at(place: str) -> HttpResponse:
    """Say where the parts go."""
    answer = HttpResponse(status=201)
    answer["Location"] = place
    return _tus(answer)


def tell_received(received: int, size: int) -> HttpResponse:
    """Say how much has come."""
    answer = HttpResponse()
    answer["Upload-Offset"], answer["Upload-Length"] = str(received), str(size)
    answer["Cache-Control"] = "no-store"
    return _tus(answer)


def tell_added(received: int) -> HttpResponse:
    """Say how much there is with the part that was added."""
    answer = HttpResponse(status=204)
    answer["Upload-Offset"] = str(received)
    return _tus(answer)


def _tus(answer: HttpResponse) -> HttpResponse:
    answer["Tus-Resumable"] = _VERSION
    return answer


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
