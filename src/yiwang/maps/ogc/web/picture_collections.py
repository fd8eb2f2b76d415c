"""Editions of imagery as collections: no features, but map tiles of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from pydantic import JsonValue

from yiwang.maps.ogc.rules.matrices import SETS
from yiwang.maps.ogc.rules.systems import CRS84
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.pictures import read_picture
from yiwang.maps.rasters import api as rasters
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import current_language

GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map"


def list_pictures(actor: Actor | None) -> tuple[rasters.Edition, ...]:
    """The editions that a reader may see, by code, the newest first."""
    return tuple(edition for each in rasters.list_rasters(actor) for edition in each.editions)


def picture_collection(request: HttpRequest, code: str) -> HttpResponse:
    """Describe one.

    Raises:
        RasterNotFound
    """
    picture = read_picture(request, code)
    if say.wants_page(request):
        return say.page(request, "picture", {"picture": picture, "sets": SETS})
    body = described_picture(request, picture)
    body["links"] = [*both_forms(request, code), *_links(request, picture)]
    return say.said_json(request, body, (picture,))


def described_picture(request: HttpRequest, picture: rasters.Edition) -> dict[str, JsonValue]:
    """The edition as a collection (20-024); it says no type of items, since it has none."""
    language, raster = current_language(), picture.raster
    spatial: dict[str, JsonValue] = {"bbox": [list(picture.bounds)], "crs": CRS84}
    shown: list[JsonValue] = [f"{picture.year}-01-01T00:00:00Z", f"{picture.year}-12-31T23:59:59Z"]
    temporal: dict[str, JsonValue] = {"interval": [shown], "trs": GREGORIAN}
    return {
        "id": picture.collection,
        "title": f"{raster.title.in_(language)} {picture.edition}",
        "description": raster.summary.in_(language),
        "attribution": raster.attribution.in_(language),
        "dataType": "map",
        # no standard's word: by it GDAL leaves out of the layers of features what has none
        "layerDataType": "Raster",
        "crs": [each.system_uri for each in SETS],
        "extent": {"spatial": spatial, "temporal": temporal},
        "links": _links(request, picture),
    }


def both_forms(request: HttpRequest, code: str) -> list[JsonValue]:
    """A collection as JSON and as a page."""
    here = say.address(request, "collection", code)
    return [say.link(f"{here}?f=json", "self"), say.link(f"{here}?f=html", "alternate", say.HTML)]


def _links(request: HttpRequest, picture: rasters.Edition) -> list[JsonValue]:
    return [say.link(say.address(request, "map-tilesets", picture.collection), _TILESETS)]
