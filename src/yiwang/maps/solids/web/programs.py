"""Solids for programs: CityJSON. Refusals are problem+json."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yiwang.exchange.api import find_asker
from yiwang.maps.contracts import BoxRefused
from yiwang.maps.rules.viewing import read_box
from yiwang.maps.solids import api
from yiwang.platform.http.errors import refusals_as_json
from yiwang.platform.http.etag import JSON, tagged


@require_safe
@refusals_as_json
def cityjson(request: HttpRequest, layer: str) -> HttpResponse:
    """Give the buildings that touch ``box`` as one CityJSON file."""
    box = read_box(request.GET.get("box", ""))
    asker = find_asker(request)
    api.read_raised(asker, layer)  # whoever may not see it learns nothing of how to ask
    if box is None:
        raise BoxRefused
    block = api.block_within(asker, layer, box)
    body = json.dumps(api.cityjson_of(block), ensure_ascii=False, separators=(",", ":"))
    return tagged(
        request,
        body,
        content_type=api.MEDIA_TYPE,
        keyed=block.mark,
        is_everybodys=block.is_everybodys,
    )


@require_safe
@refusals_as_json
def tileset(request: HttpRequest, layer: str) -> HttpResponse:
    """Give the tileset of 3D Tiles 1.1 of all buildings that this reader sees."""
    return _made(request, api.tileset(find_asker(request), layer), JSON)


@require_safe
@refusals_as_json
def tile(request: HttpRequest, layer: str, level: int, column: int, row: int) -> HttpResponse:
    """Give the content of one tile as binary glTF."""
    return _made(request, api.tile(find_asker(request), layer, api.Cell(level, column, row)), api.GLB)


def _made(request: HttpRequest, made: api.Made, content_type: str) -> HttpResponse:
    return tagged(
        request,
        made.body,
        content_type=content_type,
        keyed=made.mark,
        is_everybodys=made.is_everybodys,
    )
