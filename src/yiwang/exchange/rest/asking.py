"""What a look takes and gives over HTTP: one shape, whichever way it is answered."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Field, Schema
from pydantic import JsonValue

from yiwang.exchange.contracts import Answer, Purpose
from yiwang.exchange.definitions import NAME
from yiwang.platform.http.etag import JSON

LINE = r"^[^\x00-\x1f]*$"
_FIELD = Annotated[str, Field(pattern=NAME)]


class PurposeIn(Schema):
    """Why: a purpose code and what it refers to, such as a case number."""

    kind: str = Field(pattern=NAME)
    reference: str = Field("", max_length=80, pattern=LINE)

    def named(self) -> Purpose:
        """The purpose in the exchange's words."""
        return Purpose(kind=self.kind, reference=self.reference)


class RequestIn(Schema):
    """A look at the entry of a key. Keys stand in the body, never in an address."""

    key: str = Field(min_length=1, max_length=200, pattern=LINE)
    fields: list[_FIELD] = Field(min_length=1, max_length=200)
    purpose: PurposeIn
    valid_on: date | None = Field(None, description="What was so on this day, as the city knows it now")


class AnswerOut(Schema):
    """The granted fields; ``values`` is null when there is no entry. ``trace`` numbers the trace line."""

    resource: str
    values: dict[str, JsonValue] | None
    version: int
    trace: int
    at: datetime


def answered(resource: str, values: str, *, version: int, trace: int, at: datetime) -> HttpResponse:
    """An ``AnswerOut`` around values that are JSON already; kept by nobody on the way."""
    body = (
        f'{{"resource":"{resource}","values":{values},"version":{version},"trace":{trace},'
        f'"at":"{at.isoformat()}"}}'
    )
    return kept_by_nobody(body)


def answered_with(answer: Answer) -> HttpResponse:
    """An ``AnswerOut`` of an answer."""
    values = "null" if answer.values is None else json.dumps(dict(answer.values), ensure_ascii=False)
    return answered(answer.resource, values, version=answer.version, trace=answer.trace_id, at=answer.at)


def kept_by_nobody(body: str | bytes) -> HttpResponse:
    """JSON that no store on the way keeps."""
    return HttpResponse(body, content_type=JSON, headers={"Cache-Control": "private, no-store"})
