"""Tiles before sessions, languages and pages are thought of: for everybody, and for departments' systems."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yiwang.exchange.api import BEARER, forget_caller, keep_pace, remembered_caller
from yiwang.exchange.contracts import TokenRefused
from yiwang.kernel.errors import YiwangError
from yiwang.maps.web.tiles import tile_answer
from yiwang.platform.http.errors import problem_json

_TILES = "/maps/tiles/"


class StraightTileMiddleware:
    """Answers a tile that is asked for without a session; one with a session takes the whole way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer straight, or pass on."""
        if not request.path_info.startswith(_TILES) or request.method != "GET":
            return self.get_response(request)
        shown = request.META.get("HTTP_AUTHORIZATION", "")
        if not shown and settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        answer = _straight(request, shown) or self.get_response(request)
        answer.headers["X-Request-Id"] = answer.headers.get("X-Request-Id") or str(uuid.uuid4())
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _straight(request: HttpRequest, shown: str) -> HttpResponse | None:
    asked = request.path_info.removeprefix(_TILES)
    bearer = BEARER.match(shown)
    if shown and bearer is None:
        return None
    try:
        return _drawn(request, asked, bearer[1] if bearer is not None else "")
    except YiwangError as error:
        return problem_json(error)


def _drawn(request: HttpRequest, asked: str, token: str) -> HttpResponse:
    at = timezone.now()
    if not token:
        return tile_answer(request, asked, None, at=at)
    caller = remembered_caller(token, at=at)
    keep_pace(caller)
    try:
        return tile_answer(request, asked, caller.actor, at=at, caller=caller)
    except TokenRefused:
        forget_caller(token)
        raise
