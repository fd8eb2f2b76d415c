"""Answers that a client need not fetch twice: an ETag over the body, which is what this reader sees."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified

JSON = "application/json; charset=utf-8"


def tag_of(keyed: str, data: bytes) -> str:
    """The tag of a body that was read under a right; readers with different rights never share one."""
    return f'"{sha256(keyed.encode() + bytes(1) + data).hexdigest()[:32]}"'


def tagged(
    request: HttpRequest,
    body: str | bytes,
    *,
    content_type: str = JSON,
    keyed: str = "",
    is_everybodys: bool = False,
    tag: str = "",
) -> HttpResponse:
    """Give the body, or 304 when the client has it. Private unless everybody sees the same of it.

    ``keyed`` says under which right it was read, and by which definition: readers with different rights never
    share a tag, not even where both see nothing. ``tag`` is the one that this would make, where it is known.
    """
    data = body.encode() if isinstance(body, str) else body
    tag = tag or tag_of(keyed, data)
    known = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    answer = HttpResponse(data, content_type=content_type) if tag not in known else HttpResponseNotModified()
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "public, no-cache" if is_everybodys else "private, no-cache"
    answer.headers["Vary"] = "Authorization, Cookie, Accept-Language"
    return answer
