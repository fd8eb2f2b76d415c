"""Answers under ``/ogc/``: as JSON or as a page, as the reader prefers; refusals too."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from pydantic import JsonValue

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import ParameterRefused
from yiwang.platform.http.errors import answer, problem_json
from yiwang.platform.http.etag import tagged
from yiwang.platform.web.language import current_language

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
CSV = "text/csv; charset=utf-8"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
PROBLEM = "application/problem+json"
_TYPES = {"json": JSON, "geojson": GEOJSON, "html": HTML}


class Seen(Protocol):
    """What a document tells of: a layer, or imagery, as one reader sees it."""

    @property
    def mark(self) -> str:
        """Under which definition and right it is read."""

    @property
    def is_everybodys(self) -> bool:
        """Whether everybody reads the same."""


Answer = TypeVar("Answer", bound=HttpResponseBase)


def telling(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """Answer refusals as this reader takes them."""

    @wraps(view)
    def told(request: HttpRequest, *args: str, **named: str) -> Answer | HttpResponse:
        try:
            return view(request, *args, **named)
        except YiwangError as error:
            wants = request.GET.get("f", "") in ("", "html") and _prefers_page(request)
            return answer(request, error) if wants else problem_json(error)

    return told


def telling_people(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """The same for what is no page itself: whoever reads in a browser reads refusals there."""

    @wraps(view)
    def told(request: HttpRequest, *args: str, **named: str) -> Answer | HttpResponse:
        try:
            return view(request, *args, **named)
        except YiwangError as error:
            return answer(request, error) if _prefers_page(request) else problem_json(error)

    return told


def wants_page(request: HttpRequest, *others: str) -> bool:
    """Whether a person reads; ``f`` wins over the header Accept.

    Raises:
        ParameterRefused: ``f`` is none of html, json and the others.
    """
    said = request.GET.get("f")
    if said is None:
        return _prefers_page(request)
    known = ("html", "json", *others)
    if said not in known:
        raise ParameterRefused(
            name="f", why=Text(f"应为{'、'.join(known)}之一", f"it is one of {', '.join(known)}")
        )
    return said == "html"


def _prefers_page(request: HttpRequest) -> bool:
    # browsers name text/html first; map programs name JSON or nothing in particular
    accept = request.headers.get("Accept", "")
    return "text/html" in accept and "json" not in accept.split("text/html")[0]


def queryables_link(request: HttpRequest, code: str) -> str:
    """Where a collection says by what it may be asked, for the header ``Link`` (19-079r2, 6.2)."""
    return f'<{address(request, "queryables", code)}>; rel="{QUERYABLES}"'


def address(request: HttpRequest, name: str, *args: str, **asked: str) -> str:
    """An address here, whole."""
    return request.build_absolute_uri(reverse(f"ogc:{name}", args=args)) + (
        "?" + "&".join(f"{key}={value}" for key, value in asked.items()) if asked else ""
    )


def link(href: str, rel: str, kind: str = JSON, title: Text | None = None) -> dict[str, JsonValue]:
    """A link of RFC 8288 as JSON."""
    said: dict[str, JsonValue] = {"href": href, "rel": rel, "type": kind}
    return said | ({"title": title.in_(current_language())} if title is not None else {})


def self_links(request: HttpRequest, name: str, *args: str) -> list[JsonValue]:
    """The document itself and its other form."""
    here = address(request, name, *args)
    shown = [("self", "alternate"), ("alternate", "self")][wants_page(request)]
    return [
        link(f"{here}?f=json", shown[0], JSON, Text("本文档（JSON）", "This document as JSON")),
        link(f"{here}?f=html", shown[1], HTML, Text("本文档（网页）", "This document as a page")),
    ]


def said_json(
    request: HttpRequest,
    body: Mapping[str, JsonValue],
    layers: Sequence[Seen] = (),
    *,
    kind: str = JSON,
) -> HttpResponse:
    """A document; private unless everybody gets the same of the layers that it tells of."""
    return tagged(
        request,
        json.dumps(body, ensure_ascii=False),
        content_type=kind,
        keyed=" ".join(each.mark for each in layers),
        is_everybodys=all(each.is_everybodys for each in layers),
    )


def page(request: HttpRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    """The same for people."""
    shown = render(request, f"maps/ogc/{template}.html", dict(context))
    shown.headers["Cache-Control"] = "private, no-store"
    return shown
