"""Anticipated errors become answers once, here: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import page_not_found, server_error
from psycopg.errors import DiskFull

from yiwang.kernel.errors import InvalidInput, NotFound, YiwangError
from yiwang.platform.contracts import Broken, DatabaseFull
from yiwang.platform.web.language import current_language

P = ParamSpec("P")
log = structlog.get_logger()
_TITLES = {
    400: ("请求有误", "Bad request"),
    403: ("没有权限", "Not allowed"),
    404: ("找不到页面", "Page not found"),
    409: ("现在不能办理", "This cannot be done now"),
    422: ("内容需要修改", "Something needs to be corrected"),
    500: ("系统出现故障", "Something went wrong"),
    502: ("相关系统没有回应", "Another system is not answering"),
    507: ("存储空间不足", "No room left"),
}


class ProblemMiddleware:
    """Turn a :class:`YiwangError` that a view raises into its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer an anticipated error; others stay exceptions and are logged once at the edge."""
        if isinstance(exception, OperationalError) and isinstance(exception.__cause__, DiskFull):
            log.error("platform.database_full")
            return answer(request, DatabaseFull())
        if not isinstance(exception, YiwangError):
            return None
        return answer(request, exception)


def answer(request: HttpRequest, error: YiwangError) -> HttpResponse:
    """The error as this reader takes it."""
    if wants_json(request):
        return problem_json(error)
    zh, en = _TITLES.get(error.status, _TITLES[400])
    context = {
        "title": {"zh": zh, "en": en},
        "sentence": error.sentence,
        "problems": error.problems if isinstance(error, InvalidInput) else (),
    }
    return render(request, "platform/problem.html", context, status=error.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that nothing answers."""
    return problem_json(NotFound()) if wants_json(request) else page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault; it is in the log, and nothing of it in the answer."""
    return problem_json(Broken()) if wants_json(request) else server_error(request)


def wants_json(request: HttpRequest) -> bool:
    """Programs come through /api/ or say that they prefer JSON."""
    if request.path.startswith("/api/"):
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def refusals_as_json(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let a view that only programs ask answer its refusals so, whatever they say that they accept."""

    @wraps(view)
    def told(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except YiwangError as error:
            return problem_json(error)

    return told


def problem_json(error: YiwangError) -> JsonResponse:
    """RFC 9457 body: type, title, status, detail in both languages, field problems."""
    sentence = error.sentence
    body: dict[str, object] = {
        "type": f"urn:yiwang:problem:{error.code}",
        "title": sentence.in_(current_language()),
        "status": error.status,
        "detail": sentence.as_dict(),
    }
    if isinstance(error, InvalidInput):
        body["errors"] = [{"path": p.path, "detail": p.text.as_dict()} for p in error.problems]
    return JsonResponse(
        body, status=error.status, content_type="application/problem+json", headers=error.headers
    )
