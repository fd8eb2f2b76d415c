"""Request identity: one correlation id per request, bound to logs and journal rows; and what may be kept."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from yiwang.platform.command import correlation_id

log = structlog.get_logger()


class CorrelationMiddleware:
    """Give each request an id; log one line with route, status and time, never query or person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind, pass on, log."""
        identity = uuid.uuid4()
        token = correlation_id.set(identity)
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(correlation=str(identity)):
            try:
                response = self.get_response(request)
                match = request.resolver_match
                log.info(
                    "http.answered",
                    method=request.method,
                    route=match.route if match else "-",
                    status=response.status_code,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                )
            finally:
                correlation_id.reset(token)
        response.headers["X-Request-Id"] = str(identity)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        return response


class KeepingMiddleware:
    """What browsers and proxies may keep: nothing of a page that was made for somebody.

    A view that says so itself is left alone. Who has no session gets a page that is asked for anew each time,
    since it holds a token against forgery and the language of its reader.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then say what may be kept."""
        response = self.get_response(request)
        cookie = settings.SESSION_COOKIE_NAME
        own = cookie in request.COOKIES or cookie in response.cookies
        response.headers.setdefault("Cache-Control", "private, no-store" if own else "private, no-cache")
        return response


class PackingMiddleware(GZipMiddleware):
    """Pages are sent packed to whoever takes that; whatever else has a form or a signature of its own.

    Django fills up each answer by random bytes, so that its length does not tell a secret in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack a page."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response
