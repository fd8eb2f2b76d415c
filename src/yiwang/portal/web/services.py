"""Services: browse the catalogue and read a guide."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.cases.api import case_type
from yiwang.cases.contracts import AppliedType, CaseTypeNotFound
from yiwang.identity.api import organisation_names
from yiwang.portal.queries.catalogue import Choice, Wanted, browse
from yiwang.portal.rules.subjects import (
    APPLICANTS,
    CHANNELS,
    HANDLING,
    ITEM_TYPES,
    LIFE_EVENTS,
    NECESSITY,
    ONLINE_DEPTH,
    THEMES,
    limit_text,
)

_PER_PAGE = 20
_FACETS = ("applicant", "catalogue", "theme", "event", "body")


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The catalogue with words and facets; every choice is a plain link."""
    asked = {key: request.GET.get(key, "")[:80] for key in ("q", *_FACETS)}
    wanted = Wanted(
        text=asked["q"],
        theme=asked["theme"],
        event=asked["event"],
        body=asked["body"],
        applicant=asked["applicant"],
        catalogue=asked["catalogue"],
        online_only="online" in request.GET,
    )
    found = browse(wanted)
    page = Paginator(found.items, _PER_PAGE).get_page(request.GET.get("page"))
    groups = (
        ("applicant", {"zh": "服务对象", "en": "For"}, found.by_applicant),
        ("catalogue", {"zh": "目录", "en": "Catalogue"}, found.by_catalogue),
        ("theme", {"zh": "主题", "en": "Theme"}, found.by_theme),
        ("event", {"zh": "人生事件、经营事件", "en": "Life and business events"}, found.by_event),
        ("body", {"zh": "部门", "en": "Department"}, found.by_body),
    )
    context = {
        "page": page,
        "rows": [_row(item, found.bodies) for item in page.object_list],
        "asked": asked,
        "online_only": wanted.online_only,
        "facets": [_facet(request, key, title, choices) for key, title, choices in groups],
        "chosen": _chosen(request, groups),
    }
    return render(request, "portal/services.html", context)


def _row(item: AppliedType, bodies: dict[str, object]) -> dict[str, object]:
    definition = item.definition
    return {
        "item": item,
        "body": bodies.get(definition.body, definition.body),
        "limit": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "handling": HANDLING[definition.handling],
        "online": not definition.is_guide_only,
    }


def _link(request: HttpRequest, key: str, value: str) -> str:
    query = {name: text for name, text in request.GET.items() if name not in {key, "page"} and text}
    if value:
        query[key] = value
    return f"?{urlencode(query)}" if query else request.path


def _facet(
    request: HttpRequest, key: str, title: dict[str, str], choices: tuple[Choice, ...]
) -> dict[str, object]:
    return {
        "key": key,
        "title": title,
        "choices": [
            {"choice": choice, "href": _link(request, key, "" if choice.chosen else choice.value)}
            for choice in choices
        ],
        "open": any(choice.chosen for choice in choices),
    }


def _chosen(
    request: HttpRequest, groups: tuple[tuple[str, dict[str, str], tuple[Choice, ...]], ...]
) -> list[dict[str, object]]:
    return [
        {"text": choice.label, "href": _link(request, key, "")}
        for key, _, choices in groups
        for choice in choices
        if choice.chosen
    ]


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """One service item with all its elements (事项要素)."""
    item = case_type(code)
    definition = item.definition
    if definition.catalogue == "internal":
        raise CaseTypeNotFound(type_code=code)
    bodies = organisation_names({definition.body, *definition.joint_bodies})
    context = {
        "item": item,
        "definition": definition,
        "body": bodies.get(definition.body, definition.body),
        "joint_bodies": [bodies.get(code, code) for code in definition.joint_bodies],
        "item_type": ITEM_TYPES.get(definition.item_type),
        "handling": HANDLING[definition.handling],
        "applicants": [APPLICANTS[kind] for kind in definition.applicants],
        "channels": [CHANNELS[channel] for channel in definition.channels],
        "depth": ONLINE_DEPTH[definition.online_depth],
        "statutory": limit_text(definition.statutory_limit.amount, definition.statutory_limit.unit),
        "promised": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "themes": [(key, THEMES[key]) for key in definition.themes if key in THEMES],
        "events": [(key, LIFE_EVENTS[key]) for key in definition.life_events if key in LIFE_EVENTS],
        "materials": [
            {"material": material, "necessity": NECESSITY[material.necessity]}
            for material in definition.materials
        ],
        "bookable": any(window.slots_per_day for window in definition.windows),
    }
    return render(request, "portal/guide.html", context)
