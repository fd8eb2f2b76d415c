"""The authority's services over HTTP: OCSP (RFC 6960, appendix A), time stamps (RFC 3161, 3.4), enrolment."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.http.pace import Pace, address_of
from yiwang.trust import api
from yiwang.trust.contracts import NodeOrder, OrderState

_MOST = 20_000


class OrderIn(BaseModel):
    """An order as a node sends it; requests and proof in base64 of DER."""

    model_config = ConfigDict(extra="forbid", strict=True)
    node: str = Field(max_length=40)
    organisation: str = Field(max_length=60)
    address: str = Field(max_length=200)
    members: list[str] = Field(max_length=200)
    sign_request: str = Field(max_length=4_000)
    tls_request: str = Field(max_length=4_000)
    proof: str = Field("", max_length=200)


View = Callable[[HttpRequest], HttpResponse]
#: Each answer is a signature, each time stamp and order a row that stays: nobody is asked who he is here.
OCSP_PACE, TIME_PACE, ORDER_PACE = Pace(100), Pace(50), Pace(5)


def only(media: str) -> Callable[[View], View]:
    """Refuse another kind of content: a form would have been read by the footing already."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest) -> HttpResponse:
            return view(request) if request.content_type == media else HttpResponse(status=415)

        return checked

    return decorate


def paced(pace: Pace, request: HttpRequest) -> HttpResponse | None:
    """Refuse one who asks too fast (RFC 6585, section 4)."""
    seconds = pace.take(request)
    return HttpResponse(status=429, headers={"Retry-After": str(seconds)}) if seconds else None


@csrf_exempt
@require_POST
@only("application/ocsp-request")
def status(request: HttpRequest) -> HttpResponse:
    """Whether a certificate still counts."""
    return paced(OCSP_PACE, request) or _ocsp(request.body[:_MOST])


@require_safe
def status_by_address(request: HttpRequest, question: str) -> HttpResponse:
    """The same with the question in the address."""
    try:
        asked = b64decode(question[:_MOST], validate=True)
    except (NotBase64, ValueError):
        asked = b""
    return paced(OCSP_PACE, request) or _ocsp(asked)


def _ocsp(question: bytes) -> HttpResponse:
    answer = api.certificate_status(question, at=timezone.now())
    return HttpResponse(answer, content_type="application/ocsp-response")


@csrf_exempt
@require_POST
@only("application/timestamp-query")
def time_stamp(request: HttpRequest) -> HttpResponse:
    """The time of a digest."""
    if slower := paced(TIME_PACE, request):
        return slower
    answer = api.stamp_time(request.body[:_MOST], at=timezone.now())
    return HttpResponse(answer, content_type="application/timestamp-reply")


@csrf_exempt
@require_POST
@only("application/json")
def order(request: HttpRequest) -> HttpResponse:
    """A node asks for its certificates; an officer decides."""
    if slower := paced(ORDER_PACE, request):
        return slower
    try:
        asked = OrderIn.model_validate_json(request.body[:_MOST])
        wanted = NodeOrder(
            node=asked.node,
            organisation=asked.organisation,
            address=asked.address,
            members=tuple(asked.members),
            sign_request=b64decode(asked.sign_request, validate=True),
            tls_request=b64decode(asked.tls_request, validate=True),
            proof=b64decode(asked.proof, validate=True),
        )
    except (ValidationError, NotBase64, ValueError, RecursionError):
        reason = Text("不符合接口文档", "Does not fit the document of the interface")
        raise InvalidInput((FieldProblem("body", reason),)) from None
    state = api.order_certificates(
        actor=Actor.system("enrolment"), order=wanted, at=timezone.now(), client=address_of(request)
    )
    return JsonResponse(_state(state), status=201)


@require_safe
def ordered(request: HttpRequest, token: str) -> HttpResponse:
    """Where an order stands; only its node knows the token."""
    return JsonResponse(_state(api.get_order(token[:64])))


def _state(state: OrderState) -> dict[str, object]:
    return {
        "token": state.token,
        "node": state.node,
        "state": state.state,
        "fingerprint": state.fingerprint,
        "certificates": [b64encode(each).decode() for each in state.certificates],
    }
