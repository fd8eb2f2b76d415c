"""Tiles, TileJSON and styles for map programs. Refusals are problem+json: no person reads these addresses."""

from __future__ import annotations

import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.exchange.api import Caller, find_asker
from yiwang.exchange.contracts import TokenRefused
from yiwang.kernel.text import Language
from yiwang.maps import api
from yiwang.maps.rules.tiles import read_address
from yiwang.maps.rules.tiles import read_layers as read_codes
from yiwang.maps.web.days import DAY, day_of
from yiwang.platform.contracts import Actor
from yiwang.platform.http.errors import refusals_as_json
from yiwang.platform.http.etag import tagged

MVT = "application/vnd.mapbox-vector-tile"


@require_safe
@refusals_as_json
def tile(request: HttpRequest, asked: str) -> HttpResponse:
    """Give one tile of one layer or several."""
    return tile_answer(request, asked, find_asker(request), at=timezone.now())


def tile_answer(
    request: HttpRequest, asked: str, actor: Actor | None, *, at: datetime, caller: Caller | None = None
) -> HttpResponse:
    """Draw the tile for a reader.

    Raises:
        TokenRefused: the token of ``caller`` does not count any more.
    """
    codes, place = read_address(asked)
    found = api.draw_tile(
        actor=actor,
        layers=codes,
        tile=place,
        at=at,
        valid=day_of(request),
        caller=caller,
        keeping=api.keeping_of(request.META),
    )
    if found is None:
        raise TokenRefused
    return tagged(request, found.body, content_type=MVT, tag=found.tag, is_everybodys=found.is_everybodys)


@require_safe
@refusals_as_json
def tilejson(request: HttpRequest, asked: str) -> HttpResponse:
    """Describe the tiles of layers as this reader gets them."""
    layers = api.read_layers(find_asker(request), read_codes(asked))
    pattern = request.build_absolute_uri(reverse("map-tiles", args=["_"])).removesuffix("_")
    return _json(
        request, layers, api.tilejson_of(layers, f"{pattern}{asked}/{{z}}/{{x}}/{{y}}.mvt{_then(request)}")
    )


@require_safe
@refusals_as_json
def style(request: HttpRequest, asked: str) -> HttpResponse:
    """Give a MapLibre style of layers."""
    layers = api.read_layers(find_asker(request), read_codes(asked))
    described = request.build_absolute_uri(reverse("map-tilejson", args=[asked])) + _then(request)
    language: Language = "en" if request.GET.get("lang") == "en" else "zh"
    return _json(request, layers, api.style_json(layers, described, language))


def _json(
    request: HttpRequest, layers: tuple[api.ReadLayer, ...], body: dict[str, JsonValue]
) -> HttpResponse:
    return tagged(
        request,
        json.dumps(body, ensure_ascii=False),
        keyed=" ".join(each.mark for each in layers),
        is_everybodys=all(each.is_everybodys for each in layers),
    )


def _then(request: HttpRequest) -> str:
    """What is said of the day is said to the tiles too."""
    day = day_of(request)
    return f"?{DAY}={day.isoformat()}" if day else ""
