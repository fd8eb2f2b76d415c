"""The signed directory for everybody, and the door through which other nodes ask."""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from pydantic import BaseModel, ConfigDict, ValidationError

from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.contracts import Fault, HttpMessage, MessageRefused
from yiwang.kernel.errors import YiwangError
from yiwang.platform.http.errors import problem_json
from yiwang.platform.http.pace import Pace

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


#: A signature to check each; nodes tell something when it changed.
RESOURCES_PACE = Pace(5)
_MOST = 1_000_000


class _Offer(BaseModel):
    """Both in base64."""

    model_config = ConfigDict(extra="forbid", strict=True)
    content: str
    signature: str


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
def resources(request: HttpRequest) -> HttpResponse:
    """A node tells the centre what it offers; its signature says who it is."""
    seconds = RESOURCES_PACE.take(request)
    if seconds:
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
    if request.content_type != "application/json":
        return HttpResponse(status=415)
    try:
        said = _Offer.model_validate_json(request.body[:_MOST])
        content, signature = (b64decode(each, validate=True) for each in (said.content, said.signature))
    except (ValidationError, ValueError, RecursionError):
        raise MessageRefused(fault=Fault.MALFORMED) from None
    return JsonResponse({"resources": api.take_resources(content, signature, at=timezone.now())})


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
