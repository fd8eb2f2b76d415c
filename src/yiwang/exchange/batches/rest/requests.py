"""``/api/exchange``: batches, searches, and jobs whose answer is a file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Path, Router, Schema
from ninja.security import django_auth
from pydantic import JsonValue, ValidationError

from yiwang.exchange.batches import api
from yiwang.exchange.batches.contracts import (
    MOST_AT_ONCE,
    MOST_FOUND,
    InputRefused,
    JobInfo,
    ManyAnswers,
)
from yiwang.exchange.batches.rest.files import file_response
from yiwang.exchange.callbacks.rules.signing import digest_header, digest_header_of
from yiwang.exchange.clients.bearers import client_bearer, get_asker, get_caller
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.definitions import NAME
from yiwang.exchange.rest.asking import LINE, PurposeIn, kept_by_nobody
from yiwang.exchange.rest.requests import REFUSED, Code
from yiwang.kernel.text import Text
from yiwang.platform.http.json_bodies import read_json
from yiwang.platform.http.schemas import TextOut

router = Router(tags=["exchange"])
JobCode = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_KEY = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
_FIELD = Annotated[str, Field(pattern=NAME)]
_FIELDS = Annotated[list[_FIELD], Field(min_length=1, max_length=200)]
_URL = Annotated[str, Field(max_length=400, pattern=r"^[!-~]*$")]
_NO_HEAD = Text(
    "首行应为对象：fields、purpose，可有 callback_url",
    "the first line is an object: fields, purpose, and callback_url if you like",
)
_WRONG_DIGEST = Text(
    "内容与 Content-Digest 不符", "the body is not the one that Content-Digest was made from"
)


class BatchIn(Schema):
    """Look at the entries of many keys."""

    keys: list[_KEY] = Field(min_length=1, max_length=MOST_AT_ONCE)
    fields: _FIELDS
    purpose: PurposeIn
    #: With ``Prefer: respond-async``: where to tell that the job has ended.
    callback_url: _URL = ""


class JobHead(Schema):
    """The first line of a file of keys."""

    fields: _FIELDS
    purpose: PurposeIn
    callback_url: _URL = ""


class SearchIn(Schema):
    """Look for entries by the values of searchable fields; values stand in the body, never in an address."""

    equal: dict[_FIELD, _KEY] = Field(min_length=1, max_length=10)
    fields: _FIELDS
    purpose: PurposeIn
    limit: int = Field(MOST_FOUND, ge=1, le=MOST_FOUND)


class OneOut(Schema):
    """The answer to one key; ``values`` is null when there is no entry."""

    values: dict[str, JsonValue] | None
    version: int


class ManyOut(Schema):
    """Answers in the order of the keys, under one trace line; ``more`` says that a search found more."""

    resource: str
    answers: list[OneOut]
    trace: int
    at: datetime
    more: bool


class JobOut(Schema):
    """How far a job is. ``answered`` keys count against the quota; ``traces`` are their trace lines."""

    job: str
    resource: str
    state: Literal["waiting", "running", "done", "partly", "refused", "deleted"]
    keys: int
    answered: int
    asked_at: datetime
    ended_at: datetime | None
    kept_until: datetime | None
    refusal: TextOut | None
    size: int | None
    sha256: str
    input_sha256: str
    traces: list[int]
    callback: str
    result: str | None


@router.post(
    "/resources/{code}/batches",
    response={200: ManyOut, 202: JobOut, **REFUSED},
    auth=[client_bearer, django_auth],
    summary="Look at many entries",
)
def request_many(request: HttpRequest, code: Code, asked: BatchIn) -> HttpResponseBase:
    """Give the granted fields of many entries; with ``Prefer: respond-async`` a job answers later."""
    purpose = asked.purpose.named()
    if "respond-async" in request.headers.get("Prefer", "").lower():
        lines = (json.dumps(key).encode() + b"\n" for key in asked.keys)
        return _taken(request, code, lines, fields=asked.fields, purpose=purpose, url=asked.callback_url)
    said = api.request_many(
        actor=get_asker(request), at=timezone.now(), resource=code, keys=asked.keys, fields=asked.fields,
        purpose=purpose,
    )  # fmt: skip
    return _many(said)


@router.post(
    "/resources/{code}/searches",
    response={200: ManyOut, **REFUSED},
    auth=[client_bearer, django_auth],
    summary="Look for entries by granted fields",
)
def search_data(request: HttpRequest, code: Code, asked: SearchIn) -> HttpResponseBase:
    """Give at most a hundred entries that have these values; a whole register is never given."""
    said = api.search_data(
        actor=get_asker(request), at=timezone.now(), resource=code, equal=asked.equal, fields=asked.fields,
        purpose=asked.purpose.named(), limit=asked.limit,
    )  # fmt: skip
    return _many(said)


@router.post(
    "/resources/{code}/jobs",
    response={202: JobOut, **REFUSED},
    auth=client_bearer,
    summary="Send a file of keys",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
            "description": "First line: {fields, purpose, callback_url}. Then one key (JSON string) a line, "
            "at most 1,000,000. Content-Digest (RFC 9530, sha-256) is checked where it is given.",
        }
    },
)
def ask_job(request: HttpRequest, code: Code) -> HttpResponseBase:
    """Take a file of keys of any size; a job answers with a file, told by a callback or asked for here."""
    lines = _checked(request)
    head = _head(next(lines, b""))
    purpose = head.purpose.named()
    return _taken(request, code, lines, fields=head.fields, purpose=purpose, url=head.callback_url)


@router.get("/jobs/{job}", response={200: JobOut, **REFUSED}, auth=client_bearer, summary="How far a job is")
def get_job(request: HttpRequest, job: JobCode) -> HttpResponse:
    """Give the state of one's own job."""
    return _shown(api.get_job(client=get_caller(request).client, code=job))


@router.get(
    "/jobs/{job}/result",
    response={200: None, 206: None, 416: None, **REFUSED},
    auth=client_bearer,
    summary="The answers of a job",
)
def get_result(request: HttpRequest, job: JobCode) -> HttpResponseBase:
    """Give the file, one JSON object a line in the order of the keys, while the grant counts; ranges too."""
    found, path = api.fetch_result(actor=get_caller(request).actor, at=timezone.now(), code=job)
    return file_response(request, path, media_type="application/x-ndjson", sha256=found.sha256)


def _checked(request: HttpRequest) -> Iterator[bytes]:
    """The lines of the body; what doesn't fit its digest is refused with the last of them."""
    wanted, digest, number = request.headers.get("Content-Digest", ""), hashlib.sha256(), 0
    for number, line in enumerate(api.lines_of(request), start=1):  # noqa: B007 - counted for the refusal
        digest.update(line)
        yield line
    if wanted and digest_header_of(digest.hexdigest()) not in wanted:
        raise InputRefused(line=number, reason=_WRONG_DIGEST)


def _head(line: bytes) -> JobHead:
    try:
        return JobHead.model_validate(read_json(line))
    except (ValueError, RecursionError, ValidationError) as problem:
        raise InputRefused(line=1, reason=_NO_HEAD) from problem


def _taken(
    request: HttpRequest,
    resource: str,
    lines: Iterator[bytes],
    *,
    fields: list[str],
    purpose: Purpose,
    url: str,
) -> HttpResponse:
    code = api.ask_job(
        actor=get_asker(request), at=timezone.now(), resource=resource, lines=lines, fields=fields,
        purpose=purpose, callback_url=url,
    )  # fmt: skip
    answer = _shown(api.get_job(client=get_caller(request).client, code=code))
    answer.status_code = 202
    answer.headers["Location"] = reverse("rest:get_job", args=[code])
    answer.headers["Preference-Applied"] = "respond-async"
    return answer


def _many(said: ManyAnswers) -> HttpResponse:
    body = json.dumps(
        {
            "resource": said.resource,
            "answers": [
                {"values": None if one.values is None else dict(one.values), "version": one.version}
                for one in said.answers
            ],
            "trace": said.trace_id,
            "at": said.at.isoformat(),
            "more": said.more,
        },
        ensure_ascii=False,
    ).encode()
    return _digested(body)


def _shown(job: JobInfo) -> HttpResponse:
    refusal = job.refusal
    shown = JobOut(
        job=job.code,
        resource=job.resource,
        state=job.state.value,
        keys=job.keys,
        answered=job.answered,
        asked_at=job.asked_at,
        ended_at=job.ended_at,
        kept_until=job.kept_until,
        refusal=TextOut.of(refusal) if refusal else None,
        size=job.size,
        sha256=job.sha256,
        input_sha256=job.input_sha256,
        traces=list(job.traces),
        callback=job.callback,
        result=reverse("rest:get_result", args=[job.code]) if job.size is not None else None,
    )
    return _digested(shown.model_dump_json().encode())


def _digested(body: bytes) -> HttpResponse:
    answer = kept_by_nobody(body)
    answer.headers["Repr-Digest"] = digest_header(body)
    return answer
