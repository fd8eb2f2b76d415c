"""``/api/twin``: the exchange's services with made-up data, for everybody who writes a program against it.

Bodies, answers and refusals are those of ``/api/exchange``; the header ``Yiwang-Twin-Refusal`` asks for a
refusal that only a grant could bring about. Slow enough that nobody takes it for a service.
"""

from __future__ import annotations

import json
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from yiwang.exchange import api
from yiwang.exchange.batches.rest.requests import BatchIn, ManyOut, OneOut
from yiwang.exchange.contracts import TooFast
from yiwang.exchange.rest.asking import AnswerOut, RequestIn, answered_with
from yiwang.exchange.rest.requests import REFUSED, Code, VerificationIn, VerificationOut
from yiwang.platform.http.pace import Pace

router = Router(tags=["twin"])
#: Requests a second from one address, in each web process.
PER_SECOND = 50
_pace = Pace(PER_SECOND)


class KeysOut(Schema):
    """Made-up keys from a place on."""

    first: int
    keys: list[str]


@router.get("/resources/{code}/keys", response={200: KeysOut, **REFUSED}, summary="Keys of the twin")
def twin_keys(
    request: HttpRequest,
    code: Code,
    first: Annotated[int, Query(ge=0, le=9_000_000)] = 0,
    number: Annotated[int, Query(ge=1, le=api.MOST_TWIN_KEYS)] = 20,
) -> KeysOut:
    """Give keys that nobody has; about one in sixteen has no entry, so that you meet that answer too."""
    _keep_pace(request)
    return KeysOut(first=first, keys=api.twin_keys(code, first=first, number=number))


@router.post(
    "/resources/{code}/requests", response={200: AnswerOut, **REFUSED}, summary="Look at a made-up entry"
)
def twin_request(request: HttpRequest, code: Code, asked: RequestIn) -> HttpResponse:
    """Give fields of the entry of a made-up key; no grant, no trace, the same answer each time."""
    _keep_pace(request)
    answer = api.twin_answer(
        resource=code,
        key=asked.key,
        fields=asked.fields,
        purpose=asked.purpose.named(),
        refusal=_refusal(request),
        at=timezone.now(),
    )
    return answered_with(answer)


@router.post(
    "/resources/{code}/verifications",
    response={200: VerificationOut, **REFUSED},
    summary="Ask yes or no about a made-up entry",
)
def twin_verification(request: HttpRequest, code: Code, asked: VerificationIn) -> VerificationOut:
    """Say whether claims about a made-up entry are true."""
    _keep_pace(request)
    said = api.twin_verification(
        resource=code,
        key=asked.key,
        claims=json.loads(json.dumps(asked.claims)),
        purpose=asked.purpose.named(),
        refusal=_refusal(request),
        at=timezone.now(),
    )
    return VerificationOut.of(said)


@router.post(
    "/resources/{code}/batches",
    response={200: ManyOut, **REFUSED},
    summary="Look at many made-up entries",
)
def twin_batch(request: HttpRequest, code: Code, asked: BatchIn) -> ManyOut:
    """Give fields of the entries of many made-up keys, in the order of the keys."""
    _keep_pace(request)
    answers = api.twin_answers(
        resource=code,
        keys=asked.keys,
        fields=asked.fields,
        purpose=asked.purpose.named(),
        refusal=_refusal(request),
    )
    return ManyOut(
        resource=code,
        answers=[
            OneOut(values=None if one is None else dict(one), version=0 if one is None else 1)
            for one in answers
        ],
        trace=0,
        at=timezone.now(),
        more=False,
    )


def _refusal(request: HttpRequest) -> str:
    return request.headers.get("Yiwang-Twin-Refusal", "")


def _keep_pace(request: HttpRequest) -> None:
    if seconds := _pace.take(request):
        raise TooFast(seconds=seconds)
