"""``/api/oauth/token``: the client credentials grant of RFC 6749 (section 4.4), and nothing else of it.

The client says who it is by HTTP Basic (section 2.3.1) or in the form, never in the address. Errors are those
of section 5.2, because libraries of clients read them; they are no problem+json.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import unquote_plus

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yiwang.exchange import api
from yiwang.exchange.clients.contracts import TooManyFailures
from yiwang.platform.http.pace import address_of

SCOPE = "exchange.data.request"
_FORM = "application/x-www-form-urlencoded"


@csrf_exempt  # no cookie counts here: the secret of the client does
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a bearer token for a client's secret."""
    form = _form(request)
    if isinstance(form, HttpResponse):
        return form
    shown = _credentials(request, form)
    if isinstance(shown, HttpResponse):
        return shown
    if wrong := _wrong_grant(form):
        return _refused(*wrong)
    try:
        issued = api.issue_token(
            at=timezone.now(), address=address_of(request), client_id=shown[0], secret=shown[1]
        )
    except TooManyFailures as locked:
        return _refused(
            "temporarily_unavailable", locked.sentence.en, status=locked.status, headers=locked.headers
        )
    if issued is None:
        return _refused("invalid_client", "unknown, revoked, or another secret", status=401)
    return _kept_by_nobody(
        JsonResponse(
            {
                "access_token": issued.token,
                "token_type": "Bearer",
                "expires_in": issued.expires_in,
                "scope": SCOPE,
            }
        )
    )


def _form(request: HttpRequest) -> QueryDict | HttpResponse:
    if request.content_type != _FORM:
        return _refused("invalid_request", f"the body is not {_FORM}")
    try:
        form = request.POST
    except SuspiciousOperation:
        return _refused("invalid_request", "the body is too large")
    if any(len(values) > 1 for _, values in form.lists()):
        return _refused("invalid_request", "a parameter stands twice")
    return form


def _wrong_grant(form: QueryDict) -> tuple[str, str] | None:
    if "grant_type" not in form:
        return "invalid_request", "grant_type is missing"
    if form["grant_type"] != "client_credentials":
        return "unsupported_grant_type", "only client_credentials"
    if form.get("scope", SCOPE) != SCOPE:
        return "invalid_scope", f"only {SCOPE}"
    return None


def _credentials(request: HttpRequest, form: QueryDict) -> tuple[str, str] | HttpResponse:
    """Client and secret by exactly one of the two ways."""
    basic = request.headers.get("Authorization", "")
    in_form = "client_secret" in form or ("client_id" in form and not basic)
    if basic and in_form:
        return _refused("invalid_request", "the client authenticates in two ways")
    if in_form:
        return form.get("client_id", ""), form.get("client_secret", "")
    kind, _, encoded = basic.partition(" ")
    if kind.lower() != "basic":
        return _refused("invalid_client", "the client does not authenticate", status=401)
    try:
        client, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return _refused("invalid_client", "the header is not Basic", status=401)
    if not colon:
        return _refused("invalid_client", "the header is not Basic", status=401)
    return unquote_plus(client), unquote_plus(secret)


def _refused(
    error: str, said: str, *, status: int = 400, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    answer = JsonResponse({"error": error, "error_description": said}, status=status, headers=headers)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="yiwang", charset="UTF-8"'
    return _kept_by_nobody(answer)


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Pragma"] = "no-cache"
    return answer


urlpatterns = [path("api/oauth/token", token, name="oauth-token")]
