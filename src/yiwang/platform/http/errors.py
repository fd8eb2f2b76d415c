"""Anticipated errors become answers once, here: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.platform.web.language import current_language

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
        if not isinstance(exception, YiwangError):
            return None
        if wants_json(request):
            return problem_json(exception)
        zh, en = _TITLES.get(exception.status, _TITLES[400])
        context = {
            "title": {"zh": zh, "en": en},
            "sentence": exception.sentence,
            "problems": exception.problems if isinstance(exception, InvalidInput) else (),
        }
        return render(request, "platform/problem.html", context, status=exception.status)


def wants_json(request: HttpRequest) -> bool:
    """Programs come through /api/ or say that they prefer JSON."""
    if "/api/" in request.path:
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


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
    return JsonResponse(body, status=error.status, content_type="application/problem+json")
