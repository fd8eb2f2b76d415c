"""Departments' systems over HTTP: their tokens (RFC 6749, RFC 6750), their pace, and their straight way."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import ValidationError

from yiwang.exchange import api
from yiwang.exchange.contracts import TooFast
from yiwang.exchange.rest.asking import RequestIn, answered
from yiwang.kernel.errors import YiwangError
from yiwang.platform.command import correlation_id
from yiwang.platform.http.errors import problem_json
from yiwang.platform.http.json_bodies import read_json

_ASKED = re.compile(r"/api/exchange/resources/([a-z][a-z0-9_]{0,39})/requests\Z")


class StraightMiddleware:
    """Answers looks of systems before sessions, languages and pages are thought of.

    It only ever answers yes, or that the client is too fast; everything else goes on to the view, which
    refuses with the reason. So a body, token, field or grant at fault is judged in one place.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer straight, or pass on."""
        asked = _ASKED.match(request.path_info) if request.method == "POST" else None
        bearer = api.BEARER.match(request.META.get("HTTP_AUTHORIZATION", "")) if asked else None
        if asked is None or bearer is None:
            return self.get_response(request)
        correlation = uuid.uuid4()
        token = correlation_id.set(correlation)
        try:
            answer = _answer(request, asked[1], bearer[1])
        except TooFast as error:
            answer = problem_json(error)
        finally:
            correlation_id.reset(token)
        if answer is None:
            return self.get_response(request)
        answer.headers["X-Request-Id"] = str(correlation)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _answer(request: HttpRequest, resource: str, token: str) -> HttpResponse | None:
    at = timezone.now()
    try:
        asked = RequestIn.model_validate(read_json(request.body))
        caller = api.remembered_caller(token, at=at)
    except (ValueError, RecursionError, ValidationError, YiwangError):
        return None
    api.keep_pace(caller)
    vars(request)[api.PACED] = True
    found = api.look_straight(
        caller=caller,
        at=at,
        resource=resource,
        key=asked.key,
        fields=asked.fields,
        purpose=asked.purpose.named(),
        valid_on=asked.valid_on,
    )
    if found is None:
        api.forget_caller(token)
        return None
    return answered(found.resource, found.values, version=found.version, trace=found.trace_id, at=found.at)
