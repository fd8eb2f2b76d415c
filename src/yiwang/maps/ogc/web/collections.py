"""Layers as collections, and by what each may be asked; imagery beside them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.exchange.api import find_asker
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.ogc.queries.filtering import GEOMETRY, queryables
from yiwang.maps.ogc.rules.properties import schema_of
from yiwang.maps.ogc.rules.systems import CRS84, STORED, SYSTEMS
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import check_known
from yiwang.maps.ogc.web.download import enclosures, offer_of
from yiwang.maps.ogc.web.picture_collections import (
    GREGORIAN,
    both_forms,
    described_picture,
    list_pictures,
    picture_collection,
)
from yiwang.maps.ogc.web.pictures import is_picture
from yiwang.maps.queries.extents import extent_seen
from yiwang.platform.web.language import current_language

_TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"


@require_safe
@say.telling
def collections(request: HttpRequest) -> HttpResponse:
    """List the layers and the imagery that this reader sees."""
    check_known(request)
    actor = find_asker(request)
    layers, pictures = api.list_layers(actor), list_pictures(actor)
    if say.wants_page(request):
        return say.page(request, "collections", {"layers": layers, "pictures": pictures})
    body: dict[str, JsonValue] = {
        "links": say.self_links(request, "collections"),
        "crs": [each.uri for each in SYSTEMS],
        "collections": [
            *(_described(request, each) for each in layers),
            *(described_picture(request, each) for each in pictures),
        ],
    }
    return say.said_json(request, body, (*layers, *pictures))


@require_safe
@say.telling
def collection(request: HttpRequest, code: str) -> HttpResponse:
    """Describe one."""
    check_known(request)
    if is_picture(code):
        return picture_collection(request, code)
    layers = api.read_layers(find_asker(request), [code])
    if say.wants_page(request):
        context = {
            "read": layers[0],
            "box": extent_seen(layers[0]),
            "asked": sorted(_asked(layers[0])),
            "offer": offer_of(layers[0]),
        }
        return say.page(request, "collection", context)
    body = _described(request, layers[0])
    body["links"] = [*both_forms(request, code), *_links(request, layers[0])]
    answer = say.said_json(request, body, layers)
    answer.headers["Link"] = say.queryables_link(request, code)
    return answer


@require_safe
@say.telling
def queryables_of(request: HttpRequest, code: str) -> HttpResponse:
    """Say by which properties this reader may ask (19-079r2, 6.2), as JSON Schema."""
    check_known(request)
    layers = api.read_layers(find_asker(request), [code])
    body: dict[str, JsonValue] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": say.address(request, "queryables", code),
        "type": "object",
        "title": layers[0].layer.title.in_(current_language()),
        "properties": _asked(layers[0]),
        "additionalProperties": False,
    }
    return say.said_json(request, body, layers, kind=say.SCHEMA)


def _asked(read: api.ReadLayer) -> dict[str, JsonValue]:
    definition, language = read.drawn.definition, current_language()
    names = {
        name: read.drawn.shape.name if name == GEOMETRY and name not in read.drawn.clear else name
        for name in queryables(read)
    }
    return {
        name: schema_of(definition.get(field), definition.get(field).title.in_(language))
        for name, field in names.items()
        if name == GEOMETRY or name != read.drawn.shape.name
    }


def _described(request: HttpRequest, read: api.ReadLayer) -> dict[str, JsonValue]:
    language, code = current_language(), read.layer.code
    said: dict[str, JsonValue] = {
        "id": code,
        "title": read.layer.title.in_(language),
        "description": read.layer.summary.in_(language),
        "itemType": "feature",
        "crs": [each.uri for each in SYSTEMS],
        "storageCrs": f"http://www.opengis.net/def/crs/EPSG/0/{STORED}",
        "links": _links(request, read),
    }
    box = extent_seen(read)
    if box is not None:
        spatial: dict[str, JsonValue] = {"bbox": [list(box)], "crs": CRS84}
        temporal: dict[str, JsonValue] = {"interval": [[None, None]], "trs": GREGORIAN}
        said["extent"] = {"spatial": spatial, "temporal": temporal}
    return said


def _links(request: HttpRequest, read: api.ReadLayer) -> list[JsonValue]:
    code = read.layer.code
    items = say.address(request, "items", code)
    return [
        say.link(items, "items", say.GEOJSON, Text("要素（GeoJSON）", "Features as GeoJSON")),
        say.link(f"{items}?f=html", "items", say.HTML, Text("要素（网页）", "Features as a page")),
        say.link(f"{items}?f=csv", "items", say.CSV, Text("要素（表格）", "Features as a table")),
        say.link(say.address(request, "queryables", code), say.QUERYABLES, say.SCHEMA),
        say.link(say.address(request, "tilesets", code), _TILESETS),
        *enclosures(request, read),
    ]
