"""The signed directory for everybody, and the door through which other nodes ask."""

from __future__ import annotations

from base64 import b64encode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.contracts import HttpMessage
from yiwang.kernel.errors import YiwangError
from yiwang.platform.http.errors import problem_json

_HEADERS = (
    "content-digest",
    "content-type",
    "date",
    "yiwang-message",
    "yiwang-client",
    "yiwang-service",
    "yiwang-purpose",
    "signature-input",
    "signature",
)


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Who takes part in the exchange, signed; nodes keep it and go on when the centre is down."""
    statement = api.issue_directory(at=timezone.now())
    return JsonResponse(
        {
            "content": b64encode(statement.content).decode(),
            "signature": b64encode(statement.signature).decode(),
            "certificate": b64encode(statement.certificate).decode(),
        }
    )


@csrf_exempt
@require_POST
def requests(request: HttpRequest) -> HttpResponse:
    """Answer another node. The address that was signed is our own, whatever the Host header says."""
    message = HttpMessage(
        method="POST",
        target=api.own_address() + request.get_full_path(),
        headers={name: request.headers[name] for name in _HEADERS if name in request.headers},
        body=request.body,
    )
    try:
        answer = api.answer_message(message, node=api.own_node(), at=timezone.now())
    except YiwangError as error:
        return problem_json(error)
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
