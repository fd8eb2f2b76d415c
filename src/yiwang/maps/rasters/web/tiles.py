"""Tiles, TileJSON and stills of imagery. Refusals are problem+json: no person reads these addresses."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.exchange.api import find_asker
from yiwang.kernel.text import Text
from yiwang.maps.rasters import api
from yiwang.platform.http.errors import refusals_as_json
from yiwang.platform.http.etag import tagged

_MADE_UP = Text("虚构数据", "Made up")


@require_safe
@refusals_as_json
def tile(request: HttpRequest, code: str, edition: str, asked: str) -> HttpResponse:
    """Give one tile; 204 where the edition shows nothing."""
    found = api.read_edition(find_asker(request), code, edition)
    wanted = api.read_tile(asked)
    return _picture(request, found, api.tile_picture(found, wanted), f"image/{wanted.format}")


@require_safe
@refusals_as_json
def still(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Give the whole edition as one picture."""
    found = api.read_edition(find_asker(request), code, edition)
    return _picture(request, found, api.still_picture(found), "image/png")


@require_safe
@refusals_as_json
def tilejson(request: HttpRequest, code: str, edition: str, drawn: str = "") -> HttpResponse:
    """Describe an edition's tiles; ``drawn`` is ``terrain`` for heights in the terrarium code."""
    found = api.read_edition(find_asker(request), code, edition)
    raster = found.raster
    root = request.build_absolute_uri(reverse("raster-tilejson", args=[code, edition]))
    image = "png" if raster.kind == "elevation" else "webp"
    words = f"{raster.attribution.zh} {raster.attribution.en}"
    if raster.is_made_up:
        words = f"{words} · {_MADE_UP.zh} {_MADE_UP.en}"
    body: dict[str, JsonValue] = {
        "tilejson": "3.0.0",
        "name": f"{raster.title.zh} {edition} {raster.title.en}",
        "attribution": words,
        "version": f"{found.revision}.0.0",
        "scheme": "xyz",
        "tiles": [f"{root.removesuffix('.json')}/{f'{drawn}/' if drawn else ''}{{z}}/{{x}}/{{y}}.{image}"],
        "minzoom": raster.from_zoom,
        "maxzoom": found.zoom,
        "bounds": list(found.bounds),
    }
    if drawn:
        body["encoding"] = "terrarium"
    return tagged(
        request, json.dumps(body, ensure_ascii=False), keyed=found.mark, is_everybodys=found.is_everybodys
    )


def _picture(
    request: HttpRequest, edition: api.Edition, body: bytes | None, content_type: str
) -> HttpResponse:
    answer = tagged(
        request,
        body or b"",
        content_type=content_type,
        keyed=edition.mark,
        is_everybodys=edition.is_everybodys,
    )
    if body is None and answer.status_code == 200:
        answer.status_code = 204
        del answer.headers["Content-Type"]
    return answer
