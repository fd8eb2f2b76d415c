"""``/api/exchange``: the catalogue for everybody; looks and questions under a grant; one's own trace."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Literal, Self

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from ninja.security import django_auth
from pydantic import JsonValue

from yiwang.exchange import api
from yiwang.exchange.api import client_bearer, get_asker
from yiwang.exchange.contracts import ResourceInfo, TraceEntry, Verification
from yiwang.exchange.definitions import NAME
from yiwang.exchange.rest.asking import LINE, AnswerOut, PurposeIn, RequestIn, answered_with
from yiwang.identity.api import actor_for
from yiwang.platform.http.etag import tagged
from yiwang.platform.http.schemas import TextOut, refusals

router = Router(tags=["exchange"])
Code = Annotated[str, Path(pattern=NAME)]
_FIELD = Annotated[str, Field(pattern=NAME)]


class SharedFieldOut(Schema):
    """A field of a resource."""

    name: str
    title: TextOut
    secrecy: str


class QuestionOut(Schema):
    """What may be asked of a field by yes or no; the bound is the resource's, not the asker's."""

    name: str
    title: TextOut
    field: str


class ResourceOut(Schema):
    """A resource of the catalogue."""

    code: str
    title: TextOut
    summary: TextOut
    owner: str
    sharing: Literal["unconditional", "conditional", "not_shared"]
    legal_basis: TextOut
    fields: list[SharedFieldOut]
    #: What may be claimed with true or false, under a grant that names it.
    questions: list[QuestionOut]


class VerificationIn(Schema):
    """Claims about the entry of a key."""

    key: str = Field(min_length=1, max_length=200, pattern=LINE)
    claims: dict[_FIELD, JsonValue] = Field(
        min_length=1, max_length=200, json_schema_extra={"additionalProperties": False}
    )
    purpose: PurposeIn


class VerificationOut(Schema):
    """Yes or no to each claim."""

    resource: str
    found: bool
    agrees: dict[str, bool]
    trace: int
    at: datetime

    @classmethod
    def of(cls, said: Verification) -> Self:
        """A verification as the API gives it."""
        return cls(
            resource=said.resource,
            found=said.found,
            agrees=dict(said.agrees),
            trace=said.trace_id,
            at=said.at,
        )


class TraceOut(Schema):
    """One look at the reader's own data."""

    id: int
    at: datetime
    organisation: str
    by_machine: bool
    kind: str
    resource: TextOut
    fields: list[TextOut]
    purpose: TextOut
    size: int
    #: The day that was asked about; null for the present.
    valid_on: date | None


REFUSED = refusals(401, 403, 404, 422, 429)


@router.get("/resources", response=list[ResourceOut], summary="The catalogue")
def list_resources(request: HttpRequest) -> list[ResourceOut]:
    """Give every resource that organisations share."""
    return [_resource(info) for info in api.list_resources()]


@router.get("/resources/{code}", response={200: ResourceOut, **REFUSED}, summary="One resource")
def get_resource(request: HttpRequest, code: Code) -> ResourceOut:
    """Give a resource with its fields and legal basis."""
    return _resource(api.get_resource(code))


@router.post(
    "/resources/{code}/requests",
    response={200: AnswerOut, **REFUSED},
    auth=[client_bearer, django_auth],
    summary="Look at an entry",
)
def request_data(request: HttpRequest, code: Code, asked: RequestIn) -> HttpResponse:
    """Give the granted fields of an entry; leaves a trace line that the person concerned can read."""
    answer = api.request_data(
        actor=get_asker(request),
        at=timezone.now(),
        resource=code,
        key=asked.key,
        fields=asked.fields,
        purpose=asked.purpose.named(),
        valid_on=asked.valid_on,
    )
    return answered_with(answer)


@router.post(
    "/resources/{code}/verifications",
    response={200: VerificationOut, **REFUSED},
    auth=[client_bearer, django_auth],
    summary="Ask yes or no",
)
def verify_data(request: HttpRequest, code: Code, asked: VerificationIn) -> VerificationOut:
    """Say whether claims are true, without showing a value; leaves a trace line."""
    said = api.verify_data(
        actor=get_asker(request),
        at=timezone.now(),
        resource=code,
        key=asked.key,
        claims=json.loads(json.dumps(asked.claims)),
        purpose=asked.purpose.named(),
    )
    return VerificationOut.of(said)


@router.get("/own-trace", response={200: list[TraceOut], **REFUSED}, summary="Who looked at my data")
def own_trace(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    """Give the looks at the signed-in person's own data, the latest first."""
    lines = api.own_trace(actor=actor_for(request), before=before, limit=limit)
    found = [_trace(line).model_dump(mode="json") for line in lines]
    return tagged(request, json.dumps(found, ensure_ascii=False))


def _resource(info: ResourceInfo) -> ResourceOut:
    return ResourceOut(
        code=info.code,
        title=TextOut.of(info.title),
        summary=TextOut.of(info.summary),
        owner=info.owner,
        sharing=info.sharing.value,
        legal_basis=TextOut.of(info.legal_basis),
        fields=[
            SharedFieldOut(name=field.name, title=TextOut.of(field.title), secrecy=field.secrecy.value)
            for field in info.fields
        ],
        questions=[
            QuestionOut(name=each.name, title=TextOut.of(each.title), field=each.field)
            for each in info.questions
        ],
    )


def _trace(line: TraceEntry) -> TraceOut:
    return TraceOut(
        id=line.id,
        at=line.at,
        organisation=line.organisation,
        by_machine=line.by_machine,
        kind=line.kind.value,
        resource=TextOut.of(line.resource_title),
        fields=[TextOut.of(title) for title in line.field_titles],
        purpose=TextOut.of(line.purpose_text),
        size=line.size,
        valid_on=line.valid_on,
    )
