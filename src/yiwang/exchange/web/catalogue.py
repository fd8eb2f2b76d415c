"""The catalogue, and one resource: look at an entry under a grant; the owner sees who holds grants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.exchange import api
from yiwang.exchange.catalogue.items import Origin
from yiwang.exchange.contracts import Answer, GrantInfo, Purpose, ResourceInfo, Sharing
from yiwang.exchange.nodes import api as nodes
from yiwang.exchange.providers import RESOURCE_ACTS
from yiwang.exchange.web.browsing import asked_of, chosen_of, facet_of, page_number
from yiwang.exchange.web.questions import fields_question, key_question, purpose_question, reference_question
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say

SHARING_TONES = {Sharing.UNCONDITIONAL: "success", Sharing.CONDITIONAL: "info", Sharing.NOT_SHARED: "neutral"}
SECRECY_TONES = {"public": "success", "internal": "neutral", "personal": "warning", "sensitive": "danger"}
OURS = {
    "own": Text("本单位提供", "We provide it"),
    "granted": Text("已获授权", "We hold a grant"),
    "open": Text("可以查询", "We may ask"),
    "none": Text("未获授权", "We hold no grant"),
}
_OURS_TONES = {"own": "success", "granted": "success", "open": "info", "none": "neutral"}
_WE = Text("本单位的权限", "Our right")
_FACETS = ("category", "owner", "sharing", "updated")
_PER_PAGE, _MOST = 30, 1_000
_NOTHING = Text("—", "—")


@needs_officer("exchange.data.request")
@require_safe
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """Resources by words and facets, with what the officer's organisation may do with each."""
    actor, at = actor_for(request), timezone.now()
    asked = asked_of(request, (*_FACETS, "ours"))
    found, counts = _found(asked)
    held = {grant.resource for grant in api.list_grants(grantee=actor.organisation) if _counts(grant, at)}
    ours = {info.code: _ours(info, actor, held) for info in found}
    rows = [info for info in found if asked["ours"] in {"", ours[info.code]}]
    page = Paginator(rows, _PER_PAGE).get_page(page_number(request))
    names = organisation_names({info.owner for info in page})
    context = {
        "asked": asked,
        "count": len(rows),
        "page": page,
        "rows": [
            {
                "resource": info,
                "owner": names.get(info.owner, info.owner),
                "sharing": {"text": info.sharing.words, "tone": SHARING_TONES[info.sharing]},
                "ours": {"text": OURS[ours[info.code]], "tone": _OURS_TONES[ours[info.code]]},
            }
            for info in page
        ],
        "facets": [
            facet_of(request, "ours", asked["ours"], _tally(ours), title=_WE, labels=OURS) | {"open": True},
            *(facet_of(request, name, asked[name], counts[name]) for name in _FACETS),
        ],
        "chosen": chosen_of(request, asked, {"ours": OURS}),
        "elsewhere": bool(nodes.own_node()),
    }
    return render(request, "exchange/catalogue.html", context)


def _found(asked: Mapping[str, str]) -> tuple[list[ResourceInfo], Mapping[str, Mapping[str, int]]]:
    """Resources that fit words and facets, best first; all of them by code when nothing is asked."""
    chosen = {name: (asked[name],) for name in _FACETS if asked[name]} | {"origin": (Origin.RESOURCE.value,)}
    found = api.search(api.Asked(words=asked["q"], chosen=chosen, rows=_MOST), facets=_FACETS)
    known = {info.code: info for info in api.list_resources()}
    if not any(asked[name] for name in ("q", *_FACETS)):
        return list(known.values()), found.facets
    return [known[item.code] for item in found.items if item.code in known], found.facets


def _ours(info: ResourceInfo, actor: Actor, held: Set[str]) -> str:
    if info.owner == actor.organisation:
        return "own"
    if info.code in held:
        return "granted"
    return "open" if info.sharing is Sharing.UNCONDITIONAL else "none"


def _tally(ours: Mapping[str, str]) -> dict[str, int]:
    counts = Counter(ours.values())
    return {key: counts[key] for key in OURS if counts[key]}


def _counts(grant: GrantInfo, at: datetime) -> bool:
    return api.grant_counts(grant, at=at)


@needs_officer("exchange.data.request")
@require_http_methods(["GET", "HEAD", "POST"])
def show_resource(request: HttpRequest, code: str) -> HttpResponse:
    """What is shared and why; POST looks at an entry. Its key is sent in the body and never kept."""
    actor, at = actor_for(request), timezone.now()
    info = api.get_resource(code)
    context = resource_context(actor, info, at)
    answer: Answer | None = None
    error = ""
    if request.method == "POST":
        try:
            answer = api.request_data(
                actor=actor,
                at=at,
                resource=code,
                key=request.POST.get("key", "")[:200],
                fields=request.POST.getlist("fields"),
                purpose=Purpose(
                    kind=request.POST.get("purpose", ""), reference=request.POST.get("reference", "").strip()
                ),
            )
        except YiwangError as refused:
            error = say(refused.sentence)
    context |= {
        "controls": _controls(request, info, context["may_ask_fields"]),
        "answer": answer,
        "answer_rows": answer_rows(info, answer),
        "error": error,
    }
    return render(request, "exchange/resource.html", context, status=422 if error else 200)


def resource_context(actor: Actor, info: ResourceInfo, at: datetime) -> dict[str, object]:
    """What every page of a resource shows."""
    is_owner = info.owner == actor.organisation
    grants = api.list_grants(resource=info.code, grantee="" if is_owner else actor.organisation)
    names = organisation_names({info.owner, *(grant.grantee for grant in grants)})
    in_force = [grant for grant in grants if grant.grantee == actor.organisation and _counts(grant, at)]
    open_to_all = is_owner or info.sharing is Sharing.UNCONDITIONAL
    fields = info.field_names if open_to_all else frozenset().union(*(grant.fields for grant in in_force))
    return {
        "resource": info,
        "owner": names.get(info.owner, info.owner),
        "sharing_tone": SHARING_TONES[info.sharing],
        "fields": [
            {"title": field.title, "secrecy": field.secrecy.words, "tone": SECRECY_TONES[field.secrecy]}
            for field in info.fields
        ],
        "is_owner": is_owner,
        "may_issue": is_owner and info.sharing is Sharing.CONDITIONAL and api.may_issue(actor, info.code),
        "may_ask_for_access": not is_owner and info.sharing is Sharing.CONDITIONAL and api.may_ask(actor),
        "may_break_glass": not open_to_all and api.may_break_glass(actor),
        "may_ask_fields": fields,
        "acts": [
            {
                "title": act.title,
                "icon": act.icon,
                "href": reverse(act.url_name, args=[info.source, info.code]),
            }
            for _, act in RESOURCE_ACTS
            if act.fits(actor, info, at)
        ],
        "grants": [_grant(info, grant, names, at) for grant in grants],
    }


def _grant(info: ResourceInfo, grant: GrantInfo, names: dict[str, Text], at: datetime) -> dict[str, object]:
    return {
        "grant": grant,
        "grantee": names.get(grant.grantee, grant.grantee),
        "fields": [info.titles.get(name, name) for name in grant.fields],
        "purpose": api.PURPOSES[grant.purpose].title,
        "counts": _counts(grant, at),
    }


def _controls(request: HttpRequest, info: ResourceInfo, fields: object) -> list[Control]:
    """The questions of a look; the key is not put back into the page."""
    allowed = [field for field in info.fields if isinstance(fields, frozenset) and field.name in fields]
    return [
        key_question(),
        fields_question(request, allowed, hint=Text("只选办理所必需的", "Only those that the work needs")),
        purpose_question(request),
        reference_question(request),
    ]


def answer_rows(info: ResourceInfo, answer: Answer | None) -> list[dict[str, object]]:
    """An answer in the order and words of the resource."""
    if answer is None or answer.values is None:
        return []
    return [
        {"key": field.title, "value": _NOTHING if value is None else str(value)}
        for field in info.fields
        if (value := answer.values.get(field.name)) is not None or field.name in answer.values
    ]
