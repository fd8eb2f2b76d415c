"""Features before sessions, languages and pages are thought of: for programs, and departments' systems."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from yiwang.exchange.api import BEARER, forget_caller, keep_pace, remembered_caller
from yiwang.exchange.contracts import TokenRefused
from yiwang.kernel.errors import YiwangError
from yiwang.maps.ogc.queries.items import Reader
from yiwang.maps.ogc.web.answering import wants_page
from yiwang.maps.ogc.web.items import FORMS, item_answer, items_answer
from yiwang.platform.http.errors import problem_json

_ITEMS = re.compile(
    r"/ogc/collections/(?P<code>[a-z][a-z0-9_]{1,40})/items(?:/(?P<feature>[0-9]{1,18}))?\Z", re.ASCII
)


class StraightFeatureMiddleware:
    """Answers features that a program asks for; pages, and whoever has a session, take the whole way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer straight, or pass on."""
        asked = _ITEMS.match(request.path_info) if request.method == "GET" else None
        if asked is None or "%00" in request.META["QUERY_STRING"]:
            return self.get_response(request)
        shown = request.META.get("HTTP_AUTHORIZATION", "")
        bearer = BEARER.match(shown)
        if (shown and bearer is None) or (not shown and settings.SESSION_COOKIE_NAME in request.COOKIES):
            return self.get_response(request)
        answer = _straight(request, asked["code"], asked["feature"], bearer[1] if bearer is not None else "")
        if answer is None:
            return self.get_response(request)
        answer.headers["X-Request-Id"] = str(uuid.uuid4())
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _straight(request: HttpRequest, code: str, feature: str | None, token: str) -> HttpResponse | None:
    try:
        if wants_page(request, *FORMS):
            return None
        with translation.override("zh-hans"):
            return _answered(request, code, feature, token)
    except YiwangError as error:
        return problem_json(error)


def _answered(request: HttpRequest, code: str, feature: str | None, token: str) -> HttpResponse:
    at = timezone.now()
    if not token:
        return _given(request, code, feature, Reader(actor=None, at=at))
    caller = remembered_caller(token, at=at)
    keep_pace(caller)
    try:
        return _given(request, code, feature, Reader(actor=caller.actor, at=at, caller=caller))
    except TokenRefused:
        forget_caller(token)
        raise


def _given(request: HttpRequest, code: str, feature: str | None, reader: Reader) -> HttpResponse:
    if feature is None:
        return items_answer(request, code, reader)
    return item_answer(request, code, feature, reader)
