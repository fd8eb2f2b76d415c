"""Tiles before languages and pages are thought of: for everybody, departments' systems, and who is signed in.

Who is signed in is found by the same code as elsewhere (session, account, capacity, second step), for each
tile anew; of an officer it is asked whether all rows on which that depends are as they were. Left out is what
stands before a page: languages, forms, messages, site hosts.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yiwang.exchange.api import BEARER, find_asker, forget_caller, keep_pace, remembered_caller
from yiwang.exchange.contracts import TokenRefused
from yiwang.identity.api import remember_officer, remembered_officer
from yiwang.kernel.errors import YiwangError
from yiwang.maps.web.tiles import tile_answer
from yiwang.platform.contracts import Actor
from yiwang.platform.http.errors import problem_json

_TILES = "/maps/tiles/"


class StraightTileMiddleware:
    """Answers a tile; what shows something else than a token takes the whole way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._signed_in = SessionMiddleware(AuthenticationMiddleware(_of_session))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer straight, or pass on."""
        if not request.path_info.startswith(_TILES) or request.method != "GET":
            return self.get_response(request)
        shown = request.META.get("HTTP_AUTHORIZATION", "")
        if not shown and settings.SESSION_COOKIE_NAME in request.COOKIES:
            answer = self._of_session(request)
        else:
            answer = _straight(request, shown) or self.get_response(request)
        answer.headers["X-Request-Id"] = answer.headers.get("X-Request-Id") or str(uuid.uuid4())
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    def _of_session(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        officer = remembered_officer(request, at=at)
        if officer is not None:
            return _told(request, officer, at)
        signed_in = self._signed_in(request)
        assert isinstance(signed_in, HttpResponse)  # noqa: S101 - the view within is not asynchronous
        return signed_in


def _of_session(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    try:
        actor = find_asker(request)
    except YiwangError as error:
        return problem_json(error)
    remember_officer(request, actor, at=at)
    return _told(request, actor, at)


def _told(request: HttpRequest, actor: Actor | None, at: datetime) -> HttpResponse:
    try:
        return tile_answer(request, request.path_info.removeprefix(_TILES), actor, at=at)
    except YiwangError as error:
        return problem_json(error)


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
