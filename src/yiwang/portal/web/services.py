"""Services: browse the catalogue by words and facets."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.cases.contracts import AppliedType
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import Choice, Wanted, browse
from yiwang.portal.rules.subjects import HANDLING, limit_text
from yiwang.portal.web.asking import asked as asked_for

_PER_PAGE = 20
_FACETS = ("applicant", "catalogue", "theme", "event", "body")


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The catalogue with words and facets; every choice is a plain link."""
    asked = {key: asked_for(request, key, most=80) for key in ("q", *_FACETS)}
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
        ("applicant", Text("服务对象", "For whom"), found.by_applicant),
        ("theme", Text("主题", "Theme"), found.by_theme),
        ("event", Text("遇到的事", "Life and business events"), found.by_event),
        ("body", Text("部门", "Department"), found.by_body),
        ("catalogue", Text("目录", "Catalogue"), found.by_catalogue),
    )
    context = {
        "page": page,
        "rows": [_row(item, found.bodies) for item in page.object_list],
        "asked": asked,
        "online_only": wanted.online_only,
        "facets": [_facet(request, key, title, choices) for key, title, choices in groups],
        "chosen": _chosen(request, groups),
        "online_href": _link(request, "online", "" if wanted.online_only else "1"),
    }
    return render(request, "portal/services.html", context)


def _row(item: AppliedType, bodies: dict[str, Text]) -> dict[str, object]:
    definition = item.definition
    return {
        "item": item,
        "body": bodies.get(definition.body, definition.body),
        "limit": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "handling": HANDLING[definition.handling],
        "online": not definition.is_guide_only and "online" in definition.channels,
        "counter": not definition.is_guide_only,
    }


def _link(request: HttpRequest, key: str, value: str) -> str:
    query = {name: text for name, text in request.GET.items() if name not in {key, "page"} and text}
    if value:
        query[key] = value
    return f"?{urlencode(query)}" if query else request.path


def _facet(request: HttpRequest, key: str, title: Text, choices: tuple[Choice, ...]) -> dict[str, object]:
    return {
        "key": key,
        "title": title,
        "choices": [
            {"choice": choice, "href": _link(request, key, "" if choice.chosen else choice.value)}
            for choice in choices
        ],
        "open": key in {"applicant", "theme"} or any(choice.chosen for choice in choices),
    }


def _chosen(
    request: HttpRequest, groups: tuple[tuple[str, Text, tuple[Choice, ...]], ...]
) -> list[dict[str, object]]:
    return [
        {"text": choice.label, "href": _link(request, key, "")}
        for key, _, choices in groups
        for choice in choices
        if choice.chosen
    ]
