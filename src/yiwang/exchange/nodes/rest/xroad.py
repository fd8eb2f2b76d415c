"""``/r1/…``: the door of an X-Road REST client; behind it stands the same law as behind every other.

The client shows its credential by Bearer token or by HTTP Basic (a base address ``https://id:secret@host``
needs no change of the client). A key may be a person's number: it stands in the body, never in the address.
"""

from __future__ import annotations

import uuid
from base64 import b64decode
from binascii import Error as NotBase64

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yiwang.exchange import api as exchange
from yiwang.exchange.clients.contracts import TooManyFailures
from yiwang.exchange.contracts import Purpose, TokenRefused, TooFast
from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.rules.xroad import Service, Unreadable, read_client, read_service, request_hash
from yiwang.kernel.errors import NotAllowed, NotFound, UpstreamFailed, YiwangError
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.platform.http.pace import address_of

_HASHED = ("X-Road-Client", "X-Road-Id", "X-Road-Issue", "X-Road-UserId", "Content-Type", "Accept")


class Question(BaseModel):
    """The body: the key, and which fields."""

    model_config = ConfigDict(extra="forbid", strict=True)
    key: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
    fields: list[str] = Field(min_length=1, max_length=200)
    purpose: str = Field("case", pattern=r"^[a-z][a-z0-9_]{0,39}$")


@csrf_exempt  # no cookie counts here: the client's credential does
@require_POST
def service(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a look-up of a resource, here or at another node."""
    if request.content_type != "application/json":
        return _unread(request)
    number = request.headers.get("X-Road-Id", "")[:64] or str(uuid.uuid4())
    answer = _answered(request, path, number)
    answer["X-Road-Id"] = number
    answer["X-Road-Request-Id"] = str(uuid.uuid4())
    answer["X-Road-Client"] = request.headers.get("X-Road-Client", "")[:255]
    answer["X-Road-Service"] = path[:255] if path.isprintable() else ""
    head = [(name, request.headers[name]) for name in _HASHED if name in request.headers]
    answer["X-Road-Request-Hash"] = request_hash("POST", request.get_full_path(), head, request.body)
    answer["Cache-Control"] = "no-store"
    return answer


def _unread(request: HttpRequest) -> HttpResponse:
    """Another kind of content: a form would have been read by the footing already."""
    try:
        _asker(request)
    except TokenRefused as error:
        return _failed("Client.Authentication", error.sentence.en, "", 401)
    except (TooFast, TooManyFailures) as error:
        return _slower(error, "")
    return _failed("Client.BadRequest", "The body is not application/json.", "", 415)


def _answered(request: HttpRequest, path: str, number: str) -> HttpResponse:
    try:
        asker = _asker(request)
        wanted, client = read_service(path), read_client(request.headers.get("X-Road-Client", ""))
        wanted.provider.require(environment().city)
        client.require(environment().city)
        question = Question.model_validate_json(request.body)
    except TokenRefused as error:
        return _failed("Client.Authentication", error.sentence.en, number, 401)
    except (TooFast, TooManyFailures) as error:
        return _slower(error, number)
    except (Unreadable, ValidationError, RecursionError):
        return _failed("Client.BadRequest", "The request does not fit the protocol.", number, 400)
    if client.member != asker.organisation:
        return _failed("Client.AccessDenied", "The credential is of another member.", number, 403)
    try:
        return JsonResponse(_looked(asker, wanted, question, request.headers.get("X-Road-Issue", "")))
    except YiwangError as error:
        return _failed(_kind(error), error.sentence.en, number, error.status)


def _asker(request: HttpRequest) -> Actor:
    """Who stands behind the credential.

    Raises:
        TokenRefused, TooFast, TooManyFailures
    """
    shown = request.headers.get("Authorization", "")
    if shown[:6].lower() == "basic ":
        try:
            client, _, secret = b64decode(shown[6:].strip(), validate=True).decode().partition(":")
        except (NotBase64, UnicodeDecodeError):
            raise TokenRefused from None
        token = exchange.issue_token(
            at=timezone.now(), address=address_of(request), client_id=client, secret=secret
        )
        if token is None:
            raise TokenRefused
        shown_by = exchange.caller_of(token.token, at=timezone.now())
        exchange.keep_pace(shown_by)
        return shown_by.actor
    caller = exchange.client_bearer(request)
    if caller is None:
        raise TokenRefused
    return caller.actor


def _looked(asker: Actor, wanted: Service, question: Question, issue: str) -> dict[str, object]:
    purpose = Purpose(kind=question.purpose, reference=issue[:80])
    now = timezone.now()
    if wanted.provider.subsystem in {api.own_node(), "local"}:
        answer = exchange.request_data(
            actor=asker,
            at=now,
            resource=wanted.code,
            key=question.key,
            fields=question.fields,
            purpose=purpose,
        )
        return {"values": None if answer.values is None else dict(answer.values), "version": answer.version}
    found = api.ask_node(
        actor=asker,
        at=now,
        resource=f"{wanted.provider.subsystem}:{wanted.code}",
        key=question.key,
        fields=question.fields,
        purpose=purpose,
    )
    return {"values": None if found.values is None else dict(found.values), "version": found.version}


def _kind(error: YiwangError) -> str:
    match error:
        case NotAllowed():
            return "Server.ServerProxy.AccessDenied"
        case NotFound():
            return "Server.ServerProxy.UnknownService"
        case UpstreamFailed():
            return "Server.ClientProxy.NetworkError"
    return "Server.ServerProxy.ServiceFailed"


def _slower(error: TooFast | TooManyFailures, number: str) -> HttpResponse:
    answer = _failed("Server.ServerProxy.ServiceFailed", error.sentence.en, number, error.status)
    for name, value in error.headers.items():
        answer[name] = value
    return answer


def _failed(kind: str, message: str, number: str, status: int) -> HttpResponse:
    answer = JsonResponse({"type": kind, "message": message, "detail": number}, status=status)
    answer["X-Road-Error"] = kind
    return answer
