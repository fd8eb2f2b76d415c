"""Features sent back by programs and people (part 4, 20-002): each becomes a proposal, decided in a case.

Nothing is written here. What differs goes to the desk for changes, as from the map page; the answer is 202
with the case's address. What is sent to the items of a collection is to be added, and goes the same way.
The reason comes in a header: it may name persons, and proxies keep addresses in their logs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import unquote

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yiwang.exchange.api import find_asker
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.ogc.contracts import (
    BodyTooLarge,
    ChangeNotAllowed,
    FeatureNotFound,
    MediaNotSaid,
    MediaNotSpoken,
    ParameterRefused,
    VersionNeeded,
    VersionOutdated,
)
from yiwang.maps.ogc.queries.arriving import shape_of
from yiwang.maps.ogc.queries.items import Reader
from yiwang.maps.ogc.rules.changes import PATCH, WHOLE, SentFeature, problem, read_sent, text_at
from yiwang.maps.ogc.rules.systems import DEFAULT, SYSTEMS, System, system_of
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import check_known
from yiwang.maps.ogc.web.items import items as show_items
from yiwang.maps.ogc.web.items import show_item, tag_now
from yiwang.platform.contracts import Actor

_SAFE = ("GET", "HEAD")
_TYPES = {"PUT": WHOLE, "PATCH": PATCH}
_REASON = "Yiwang-Reason"
_LONGEST_REASON = 2_000
#: Programs that speak the standard alone know no reason; who decides sees that none was given.
_NO_REASON = "经OGC API提交，未另写理由 / Sent over OGC API without a word on why"
_FIXED = Text("这里不能改这个字段", "this field can't be changed here")
_SENT = Text("已提交，批准后登记簿随之改变。", "Sent; once it is approved the register changes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Whose feature is to change."""

    actor: Actor
    at: datetime
    read: api.ReadLayer
    feature: api.WholeFeature


@csrf_exempt  # a token counts for itself; who has a session is checked below
def items(request: HttpRequest, code: str) -> HttpResponse:
    """Give a page of features, or take one that is to be added."""
    if request.method in _SAFE:
        return show_items(request, code)
    if request.headers.get("Authorization", "")[:7].lower() == "bearer ":
        return _asked_for(request, code)
    return csrf_protect(_asked_for)(request, code)


@csrf_exempt  # a token counts for itself; who has a session is checked below
def item(request: HttpRequest, code: str, feature: str) -> HttpResponse:
    """Give one feature, or take what it should be instead."""
    if request.method in _SAFE:
        return _shown(request, code, feature)
    if request.headers.get("Authorization", "")[:7].lower() == "bearer ":
        return _proposed(request, code, feature)
    return csrf_protect(_proposed)(request, code, feature)


@say.telling
def _shown(request: HttpRequest, code: str, feature: str) -> HttpResponse:
    return show_item(request, code, feature)


@say.telling
def _proposed(request: HttpRequest, code: str, feature: str) -> HttpResponse:
    if request.method not in ("PUT", "PATCH", "DELETE"):
        return _offered(request, "PUT, PATCH, DELETE", {"Accept-Patch": PATCH})
    check_known(request, "act")
    place = _place(request, code, feature)
    reason, act = _reason(request), _act(request)
    _check_version(request, code, place)
    if request.method == "DELETE":
        case = api.ask_end(
            actor=place.actor, at=place.at, read=place.read, feature=place.feature, reason=reason
        )
    else:
        case = _changed(request, place, act, reason)
    return _told(request, case)


@say.telling
def _asked_for(request: HttpRequest, code: str) -> HttpResponse:
    if request.method != "POST":
        return _offered(request, "POST", {"Accept-Post": WHOLE})
    check_known(request)
    actor, read = _asker(request, code)
    reason = _reason(request)
    _check_media(request, WHOLE)
    sent = _body(request, None)
    shape = shape_of(sent.geometry, _system(request))
    offered = {field.name for field in api.enterable(actor, read)}
    for name in sent.properties:
        if name not in offered:
            raise problem(f"properties.{name[:60]}", _FIXED)
    values = {name: text_at(name, value) for name, value in sent.properties.items()}
    try:
        case = api.ask_new(
            actor=actor, at=timezone.now(), read=read, shape=shape, values=values, reason=reason
        )
    except InvalidInput as refused:
        raise InvalidInput(problems=tuple(_named(read, each) for each in refused.problems)) from None
    return _told(request, case)


def _offered(request: HttpRequest, methods: str, accepted: dict[str, str]) -> HttpResponse:
    headers = {"Allow": f"GET, HEAD, OPTIONS, {methods}", **accepted}
    return HttpResponse(status=200 if request.method == "OPTIONS" else 405, headers=headers)


def _check_media(request: HttpRequest, wanted: str) -> None:
    if not request.content_type:
        raise MediaNotSaid(wanted=wanted)
    if request.content_type not in (wanted, say.JSON):
        raise MediaNotSpoken(wanted=wanted)


def _told(request: HttpRequest, case: str) -> HttpResponse:
    address = request.build_absolute_uri(case)
    body = {"proposal": address, "detail": _SENT.as_dict()}
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=say.JSON, status=202)
    answer.headers["Location"] = address
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _asker(request: HttpRequest, code: str) -> tuple[Actor, api.ReadLayer]:
    """Who asks, and the layer; whoever may not ask is told so before anything of a feature."""
    actor = find_asker(request)
    (read,) = api.read_layers(actor, [code])
    if actor is None or not api.may_correct(actor, read):
        raise ChangeNotAllowed(layer=code)
    return actor, read


def _body(request: HttpRequest, entry: int | None) -> SentFeature:
    try:
        return read_sent(request.body, entry)
    except RequestDataTooBig:
        raise BodyTooLarge from None


def _place(request: HttpRequest, code: str, feature: str) -> _Place:
    actor, read = _asker(request, code)
    is_number = feature.isascii() and feature.isdecimal() and len(feature) < 19
    found = api.find_feature(read, int(feature)) if is_number else None
    if found is None:
        raise FeatureNotFound(layer=code, feature=feature[:40])
    return _Place(actor=actor, at=timezone.now(), read=read, feature=found)


def _reason(request: HttpRequest) -> str:
    try:
        reason = unquote(request.headers.get(_REASON, ""), errors="strict").strip()
    except UnicodeDecodeError:
        why = Text("应为百分号编码的UTF-8", "it is percent-encoded UTF-8")
        raise ParameterRefused(name=_REASON, why=why) from None
    if len(reason) > _LONGEST_REASON or "\x00" in reason:
        why = Text("理由不超过2000字", "say why in 2,000 characters at most")
        raise ParameterRefused(name=_REASON, why=why)
    return reason or _NO_REASON


def _act(request: HttpRequest) -> Literal["correction", "change"]:
    said = request.GET.get("act", "change")
    if said not in ("correction", "change"):
        why = Text("应为correction（更正）或change（变更）", "it is correction or change")
        raise ParameterRefused(name="act", why=why)
    return "correction" if said == "correction" else "change"


def _check_version(request: HttpRequest, code: str, place: _Place) -> None:
    said = request.headers.get("If-Match", "")
    if not said.strip():
        raise VersionNeeded
    # whatever packs answers on their way weakens their tags
    known = {part.strip().removeprefix("W/") for part in said.split(",")}
    if known == {"*"}:
        return
    reader, entry = Reader(actor=place.actor, at=place.at), place.feature.entry
    if not any(tag_now(request, code, entry, reader, each) in known for each in SYSTEMS):
        raise VersionOutdated


def _changed(request: HttpRequest, place: _Place, act: Literal["correction", "change"], reason: str) -> str:
    _check_media(request, _TYPES[str(request.method)])
    sent = _body(request, place.feature.entry)
    is_whole = request.method == "PUT"
    shape = place.feature.shape
    if sent.says_geometry or is_whole:
        shape = shape_of(sent.geometry, _system(request))
    values = _values(place, sent, is_whole=is_whole)
    try:
        return api.ask_correction(
            actor=place.actor,
            at=place.at,
            read=place.read,
            feature=place.feature,
            act=act,
            shape=shape,
            values=values,
            reason=reason,
        )
    except InvalidInput as refused:
        raise InvalidInput(problems=tuple(_named(place.read, each) for each in refused.problems)) from None


def _values(place: _Place, sent: SentFeature, *, is_whole: bool) -> dict[str, str]:
    """Texts of what may differ. What this reader can't change may be sent back as he read it."""
    offered = {field.name for field in api.correctable(place.actor, place.read)}
    for name, value in sent.properties.items():
        is_same = name in place.feature.values and place.feature.values[name] == value
        if name not in offered and not is_same:
            raise problem(f"properties.{name[:60]}", _FIXED)
    found = {name: text_at(name, value) for name, value in sent.properties.items() if name in offered}
    return {**dict.fromkeys(offered, ""), **found} if is_whole else found


def _system(request: HttpRequest) -> System:
    said = request.headers.get("Content-Crs")
    found = DEFAULT if said is None else system_of(said.strip().removeprefix("<").removesuffix(">"))
    if found is None:
        why = Text("没有这个坐标参照系", "there is no such coordinate reference system here")
        raise ParameterRefused(name="Content-Crs", why=why)
    return found


def _named(read: api.ReadLayer, each: FieldProblem) -> FieldProblem:
    if each.path in (read.drawn.shape.name, "shape"):
        return FieldProblem("geometry", each.text)
    if read.drawn.definition.find(each.path):
        return FieldProblem(f"properties.{each.path}", each.text)
    return each
