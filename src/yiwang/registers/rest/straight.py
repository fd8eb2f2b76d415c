"""Lists for departments' systems before sessions, languages and pages are thought of."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone, translation

from yiwang.exchange.api import BEARER, PACED, forget_caller, keep_pace, remembered_caller
from yiwang.exchange.contracts import TooFast
from yiwang.kernel.errors import YiwangError
from yiwang.platform.http.errors import problem_json
from yiwang.platform.http.etag import tagged
from yiwang.registers import api
from yiwang.registers.rest.pages import page_body

_LISTED = re.compile(r"/api/registers/([a-z][a-z0-9_]{1,40})/entries\Z")
#: What a plain list may ask for, spelled without anything to decode; each part once.
_PLAIN = re.compile(
    r"district=(?P<district>[1-9][0-9]{5})|after=(?P<after>[0-9]{1,18})"
    r"|limit=(?P<limit>[1-9][0-9]{0,2}|1000)|count=(?P<count>none|bounded)",
    re.ASCII,
)


class StraightListMiddleware:
    """Answers lists that come with a token: plain ones in one statement, others by their view at once.

    No cookie counts where there is a token. Reads only, without U+0000; whatever is odd takes the way
    through all that stands before a view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer straight, or pass on."""
        listed = _LISTED.match(request.path_info) if request.method == "GET" else None
        shown = request.META.get("HTTP_AUTHORIZATION", "") if listed else ""
        query = request.META["QUERY_STRING"]
        if listed is None or not shown.startswith("Bearer ") or "%00" in query:
            return self.get_response(request)
        bearer, asked = BEARER.match(shown), _plain(listed[1], query)
        answer = None
        if bearer is not None and asked is not None:
            try:
                answer = _straight(request, bearer[1], asked)
            except TooFast as error:
                answer = problem_json(error)
        answer = answer or _by_its_view(request)
        answer.headers["X-Request-Id"] = str(uuid.uuid4())
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _plain(register: str, query: str) -> api.PlainList | None:
    """The list that a plain address asks for; None for any other."""
    said: dict[str, str] = {}
    for part in query.split("&") if query else ():
        found = _PLAIN.fullmatch(part)
        if found is None or found.lastgroup is None or found.lastgroup in said:
            return None
        said[found.lastgroup] = found[found.lastgroup]
    return api.PlainList(
        register=register,
        district=said.get("district", ""),
        after=int(said.get("after", 0)),
        limit=int(said.get("limit", 100)),
        counted=said.get("count") == "bounded",
    )


def _straight(request: HttpRequest, token: str, asked: api.PlainList) -> HttpResponse | None:
    at = timezone.now()
    try:
        caller = remembered_caller(token, at=at)
    except YiwangError:
        return None
    keep_pace(caller)
    vars(request)[PACED] = True
    found = api.list_straight(caller=caller, at=at, asked=asked)
    if found is None:
        forget_caller(token)
        return None
    return tagged(request, page_body(found), keyed=found.mark)


def _by_its_view(request: HttpRequest) -> HttpResponse:
    match = resolve(request.path_info)
    request.resolver_match, request.user = match, AnonymousUser()
    with translation.override("zh-hans"):
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer
