"""``/api/registers``: metadata for everybody, public fields of open registers, own registers for officers.

Other departments ask ``/api/exchange`` with a grant and a purpose. Opening an entry takes a reason, in the
header ``Yiwang-Purpose`` (percent-encoded UTF-8), which the person concerned can read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from ninja.security import django_auth
from pydantic import JsonValue

from yiwang.exchange.api import client_bearer, find_asker
from yiwang.identity.api import actor_for, find_actor
from yiwang.platform.http.etag import tagged
from yiwang.platform.http.schemas import refusals
from yiwang.registers import api
from yiwang.registers.contracts import AsOf, FilterRefused, VersionLine
from yiwang.registers.definitions import NAME, RegisterDefinition
from yiwang.registers.rest.document import document_of
from yiwang.registers.rest.pages import page_body
from yiwang.registers.rest.schemas import (
    MOST,
    EntryOut,
    LookUpIn,
    PageIn,
    PageOut,
    RegisterOut,
    SearchIn,
    VersionOut,
    register_out,
)
from yiwang.registers.rules.days import civil_day
from yiwang.registers.rules.operators import Condition, parted

router = Router(tags=["registers"])
Code = Annotated[str, Path(pattern=NAME)]
Entry = Annotated[int, Path(ge=1, le=MOST)]
REFUSED = refusals(401, 403, 404, 422, 429, 503)
_FIELD_NAME = re.compile(NAME)
_NOT_FILTERS = frozenset(PageIn.model_fields)


@router.get("", response=list[RegisterOut], summary="Registers of the city")
def list_registers(request: HttpRequest) -> list[RegisterOut]:
    """Give every register with its fields and their secrecy."""
    return [register_out(definition) for definition in api.list_registers()]


@router.get("/{code}", response={200: RegisterOut, **REFUSED}, summary="One register")
def get_register(request: HttpRequest, code: Code) -> RegisterOut:
    """Give a register with its fields and their secrecy."""
    return register_out(api.get_register(code))


@router.get(
    "/{code}/openapi.json", response={200: dict[str, JsonValue], **REFUSED}, summary="Its own document"
)
def get_document(request: HttpRequest, code: Code) -> HttpResponse:
    """Give the OpenAPI 3.1 document of one register, with its fields, operators and examples."""
    document = document_of(api.get_register(code))
    return tagged(request, json.dumps(document, ensure_ascii=False))


@router.get("/{code}/entries", response={200: PageOut, **REFUSED}, summary="A page of entries")
def list_entries(request: HttpRequest, code: Code, page: Query[PageIn]) -> HttpResponse:
    """Give a page by keyset; personal fields are shortened or absent, and are asked for by ``searches``."""
    asked_by_fields = any(name not in _NOT_FILTERS for name in request.GET)
    where = _filters(request, api.get_register(code)) if asked_by_fields else []
    return _listed(request, code, page, where=where)


@router.post(
    "/{code}/searches",
    response={200: PageOut, **REFUSED},
    auth=[client_bearer, django_auth],
    summary="A page of entries by values that are personal",
)
def search_entries(request: HttpRequest, code: Code, wanted: SearchIn) -> HttpResponse:
    """Give a page as the list does; values of personal fields are whole and stand in the body."""
    where = [Condition(each.field, each.operator, each.value) for each in wanted.where]
    return _listed(request, code, wanted, equal=wanted.equal, where=where)


def _listed(
    request: HttpRequest,
    code: str,
    page: PageIn,
    *,
    equal: Mapping[str, str] = MappingProxyType({}),
    where: Sequence[Condition] = (),
) -> HttpResponse:
    at = timezone.now()
    as_of = None
    if page.valid is not None or page.known is not None:
        as_of = AsOf(valid=page.valid or civil_day(at), known=page.known or at)
    asked = api.Asked(
        equal=equal,
        where=where,
        district=page.district,
        after=page.after,
        limit=page.limit,
        count=page.count,
        as_of=as_of,
    )
    found = api.list_entries(actor=find_asker(request), register=code, asked=asked, at=at)
    return tagged(request, page_body(found), keyed=found.mark)


def _filters(request: HttpRequest, definition: RegisterDefinition) -> list[Condition]:
    """What the address asks for; a personal value in it is refused, whether it fits or not."""
    found = []
    for name in request.GET:
        if name in _NOT_FILTERS:
            continue
        field, operator = parted(name)
        value = request.GET.get(name, "")
        if not _FIELD_NAME.match(field) or len(value) > 200:
            raise FilterRefused(field=field[:60])
        declared = definition.find(field)
        if declared is not None and declared.secrecy.is_personal:
            raise FilterRefused(field=field)
        found.append(Condition(field, operator, value))
    return found


@router.get("/{code}/entries/{entry}", response={200: EntryOut, **REFUSED}, summary="One entry")
def get_entry(request: HttpRequest, code: Code, entry: Entry) -> HttpResponse:
    """Give an entry: its public part of an open register without a reason, else by right and with one."""
    actor, at = find_actor(request), timezone.now()
    public = api.find_public_entry(register=code, entry=entry)
    if public is not None and (actor is None or not _reason(request)):
        return tagged(request, public.body)
    opened = api.open_entry(
        actor=actor_for(request), at=at, register=code, entry=entry, reason=_reason(request)
    )
    return tagged(request, opened.body)


@router.get(
    "/{code}/entries/{entry}/versions", response={200: list[VersionOut], **REFUSED}, summary="History"
)
def list_versions(request: HttpRequest, code: Code, entry: Entry) -> HttpResponse:
    """Give every version of an entry of the officer's own register."""
    lines = api.open_history(
        actor=actor_for(request), at=timezone.now(), register=code, entry=entry, reason=_reason(request)
    )
    return tagged(request, _versions_body(lines))


def _versions_body(lines: Sequence[VersionLine]) -> str:
    return json.dumps(
        [
            {
                "version": line.version,
                "act": line.act,
                "source": line.source,
                "valid_from": line.valid_from.isoformat(),
                "valid_to": line.valid_to.isoformat() if line.valid_to else None,
                "known_from": line.known_from.isoformat(),
                "known_to": line.known_to.isoformat() if line.known_to else None,
                "basis": line.basis,
                "values": dict(line.values),
                "changed": list(line.changed),
            }
            for line in lines
        ],
        ensure_ascii=False,
    )


@router.post(
    "/{code}/look-ups",
    response={200: EntryOut, **REFUSED},
    auth=django_auth,
    summary="An entry by its key",
)
def look_up(request: HttpRequest, code: Code, wanted: LookUpIn) -> HttpResponse:
    """Give the entry of a key of the officer's own register."""
    opened = api.open_entry_by_key(
        actor=actor_for(request), at=timezone.now(), register=code, key=wanted.key, reason=_reason(request)
    )
    return tagged(request, opened.body)


def _reason(request: HttpRequest) -> str:
    return unquote(request.headers.get("Yiwang-Purpose", "")).strip()
