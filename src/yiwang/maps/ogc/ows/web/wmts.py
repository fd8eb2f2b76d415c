"""WMTS 1.0.0 (07-057r7): vector tiles of layers and pictures of imagery, by KVP and by address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from yiwang.exchange.api import find_asker
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.ogc.ows.contracts import ServiceRefused, refused
from yiwang.maps.ogc.ows.rules.pairs import check_accepted, check_service, check_version, needed, read_pairs
from yiwang.maps.ogc.ows.web.reports import XML, reporting
from yiwang.maps.ogc.rules.matrices import SETS, MatrixSet, scale, set_of
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.pictures import MEDIA, Image, is_picture, picture_answer, read_picture
from yiwang.maps.ogc.web.tiles import MVT, tile_answer
from yiwang.maps.queries.extents import extent_seen
from yiwang.maps.rasters import api as rasters
from yiwang.platform.http.etag import tagged
from yiwang.platform.web.language import current_language

_VERSIONS = ("1.0.0",)
_TITLE = Text("城市地图服务（WMTS）", "The city's maps for programs (WMTS)")
_STYLE = "default"
_SQUARE = SETS[0]
#: Media types by the ending of an address.
_VECTOR = {"mvt": MVT}
_ENDINGS = {kind: ending for ending, kind in (*_VECTOR.items(), *MEDIA.items())}
_NO_FORM = Text(
    f"矢量图层为{MVT}，影像为image/png或image/webp",
    f"layers are given as {MVT}, imagery as image/png or image/webp",
)
_SCALES = {_SQUARE.id: "urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible"}


@reporting("1.0.0", "LAYER")
def wmts(request: HttpRequest) -> HttpResponse:
    """Answer an operation asked by key-value pairs."""
    pairs = read_pairs(request.GET.lists())
    check_service(pairs, "WMTS")
    operation = needed(pairs, "REQUEST").lower()
    if operation == "getcapabilities":
        check_accepted(pairs, _VERSIONS)
        return _capabilities(request)
    if operation != "gettile":
        why = Text("没有这个操作", "there is no such operation")
        raise ServiceRefused("OperationNotSupported", "REQUEST", why)
    check_version(pairs, _VERSIONS)
    if pairs.get("STYLE", "") not in ("", _STYLE):
        raise refused("STYLE", Text(f"只有{_STYLE}", f"there is {_STYLE} only"))
    ending = _ENDINGS.get(needed(pairs, "FORMAT"))
    if ending is None:
        raise refused("FORMAT", _NO_FORM)
    asked = [needed(pairs, name) for name in ("TILEMATRIX", "TILEROW", "TILECOL")]
    place = (asked[0], asked[1], asked[2])
    return _tile(request, needed(pairs, "LAYER"), set_of(needed(pairs, "TILEMATRIXSET")), place, ending)


@reporting("1.0.0", "LAYER")
def capabilities(request: HttpRequest) -> HttpResponse:
    """Say what there is, by address."""
    return _capabilities(request)


@reporting("1.0.0", "LAYER")
def tile(request: HttpRequest, layer: str, style: str, name: str, **said: str) -> HttpResponse:
    """Give a tile by address."""
    if style != _STYLE:
        raise refused("STYLE", Text(f"只有{_STYLE}", f"there is {_STYLE} only"))
    column, _, ending = said["last"].partition(".")
    return _tile(request, layer, set_of(name), (said["matrix"], said["row"], column), ending)


def _tile(
    request: HttpRequest, layer: str, found: MatrixSet, said: tuple[str, str, str], ending: str
) -> HttpResponse:
    if not is_picture(layer):
        if ending not in _VECTOR:
            raise refused("FORMAT", _NO_FORM)
        return tile_answer(request, layer, found, said)
    picture = read_picture(request, layer)
    image: Image | None = "png" if ending == "png" else "webp" if ending == "webp" else None
    if image is None:
        raise refused("FORMAT", _NO_FORM)
    return picture_answer(request, picture, found, said, image)


def _capabilities(request: HttpRequest) -> HttpResponse:
    actor, language = find_asker(request), current_language()
    layers, imagery = api.list_layers(actor), rasters.list_rasters(actor)
    vector = [
        {
            "id": each.layer.code,
            "title": each.layer.title.in_(language),
            "box": extent_seen(each),
            "forms": _VECTOR,
            "sets": [found.id for found in SETS],
        }
        for each in layers
    ]
    pictures = [
        {
            "id": edition.collection,
            "title": f"{each.raster.title.in_(language)} {edition.edition}",
            "box": edition.bounds,
            "forms": MEDIA,
            "sets": [found.id for found in SETS],
        }
        for each in imagery
        for edition in each.editions
    ]
    context = {
        "title": _TITLE.in_(language),
        "address": say.address(request, "wmts"),
        "document": say.address(request, "wmts-capabilities"),
        "style": _STYLE,
        "layers": vector + pictures,
        "sets": [_described(each) for each in SETS],
    }
    marks = [each.mark for each in layers] + [edition.mark for each in imagery for edition in each.editions]
    return tagged(
        request,
        render_to_string("maps/ogc/wmts_capabilities.xml", context),
        content_type=XML,
        keyed=" ".join(marks),
        is_everybodys=all(each.is_everybodys for each in layers)
        and all(edition.is_everybodys for each in imagery for edition in each.editions),
    )


def _described(found: MatrixSet) -> dict[str, object]:
    corner = (found.north, found.west) if found.is_north_first else (found.west, found.north)
    return {
        "id": found.id,
        "system": f"urn:ogc:def:crs:EPSG::{found.srid}",
        "scales": _SCALES.get(found.id, ""),
        "corner": f"{corner[0]!r} {corner[1]!r}",
        "matrices": [
            {
                "id": number,
                "scale": repr(scale(found, number)),
                "wide": found.wide << number,
                "high": found.high << number,
            }
            for number in range(found.last + 1)
        ],
    }
