"""``/api/registers/{code}/revisions``: how a register was and is declared, and what each change broke."""

from __future__ import annotations

import json
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import JsonValue

from yiwang.identity.api import find_actor
from yiwang.platform.http.etag import tagged
from yiwang.platform.http.schemas import TextOut, refusals
from yiwang.registers import api
from yiwang.registers.definitions import NAME
from yiwang.registers.rest.document import document_of

router = Router(tags=["registers"])
Code = Annotated[str, Path(pattern=NAME)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
REFUSED = refusals(404, 422, 429, 503)


class RevisionOut(Schema):
    """A revision; ``hits`` are the reader's own, for the owner all of them."""

    revision: int
    #: ``published``, ``superseded`` or ``retired``.
    state: str
    published_at: str
    changes: list[TextOut]
    breaks: list[JsonValue]
    hits: list[JsonValue]


class DefinitionOut(RevisionOut):
    """A revision with the definition as the pack wrote it."""

    definition: JsonValue


@router.get(
    "/{code}/revisions", response={200: list[RevisionOut], **REFUSED}, summary="Revisions of a register"
)
def get_revisions(request: HttpRequest, code: Code) -> list[dict[str, JsonValue]]:
    """Give every revision, the newest first, of a retired register too."""
    return [_out(found) for found in api.list_revisions(code, actor=find_actor(request))]


@router.get("/{code}/revisions/{number}", response={200: DefinitionOut, **REFUSED}, summary="One revision")
def get_revision(request: HttpRequest, code: Code, number: Number) -> dict[str, JsonValue]:
    """Give a revision with its definition."""
    found = api.get_revision_of(code, number, actor=find_actor(request))
    return {**_out(found), "definition": found.content}


@router.get(
    "/{code}/revisions/{number}/openapi.json",
    response={200: dict[str, JsonValue], **REFUSED},
    summary="The document of a revision",
)
def get_revision_document(request: HttpRequest, code: Code, number: Number) -> HttpResponse:
    """Give the OpenAPI 3.1 document as it was then."""
    document = document_of(api.get_revision_of(code, number).definition)
    return tagged(request, json.dumps(document, ensure_ascii=False))


def _out(found: api.RevisionView) -> dict[str, JsonValue]:
    return {
        "revision": found.revision,
        "state": found.state,
        "published_at": found.published_at.isoformat(),
        "changes": [{"zh": text.zh, "en": text.en} for text in found.changes],
        "breaks": list(found.breaks_json),
        "hits": [api.hit_json(hit) for hit in found.hits],
    }
