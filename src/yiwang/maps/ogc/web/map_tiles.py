"""Imagery as map tiles (20-057): its tile sets, and a tile in the form that was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import ParameterRefused
from yiwang.maps.ogc.rules.matrices import SETS, MatrixSet, set_of
from yiwang.maps.ogc.rules.systems import CRS84
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import check_known
from yiwang.maps.ogc.web.pictures import MEDIA, Image, picture_answer, read_picture
from yiwang.maps.ogc.web.tilesets import described_tileset
from yiwang.maps.rasters import api as rasters
from yiwang.platform.web.language import current_language

_NO_FORM = Text("应为png、webp之一", "it is one of png, webp")


@require_safe
@say.telling
def tilesets(request: HttpRequest, code: str) -> HttpResponse:
    """List the tile sets of an edition."""
    check_known(request)
    picture = read_picture(request, code)
    listed: list[JsonValue] = [_tileset(request, picture, each) for each in SETS]
    here = say.link(say.address(request, "map-tilesets", code), "self")
    return say.said_json(request, {"tilesets": listed, "links": [here]}, (picture,))


@require_safe
@say.telling
def tileset(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Describe one."""
    check_known(request)
    picture = read_picture(request, code)
    return say.said_json(request, _tileset(request, picture, set_of(name)), (picture,))


@require_safe
@say.telling
def tile(request: HttpRequest, code: str, name: str, **said: str) -> HttpResponse:
    """Give a tile: PNG, or WebP where ``f`` or the header Accept asks for it.

    Raises:
        ParameterRefused, RasterNotFound, MatrixSetNotFound, MatrixNotFound, RasterBusy
    """
    check_known(request)
    image = _image(request)
    picture = read_picture(request, code)
    place = (said["matrix"], said["row"], said["column"])
    return picture_answer(request, picture, set_of(name), place, image)


def _image(request: HttpRequest) -> Image:
    said = request.GET.get("f")
    if said is None:
        accepted = request.headers.get("Accept", "")
        # whoever takes both or anything gets the one that no program lacks
        return "webp" if MEDIA["webp"] in accepted and MEDIA["png"] not in accepted else "png"
    for image in MEDIA:
        if said == image:
            return image
    raise ParameterRefused(name="f", why=_NO_FORM)


def _tileset(request: HttpRequest, picture: rasters.Edition, found: MatrixSet) -> dict[str, JsonValue]:
    code, language = picture.collection, current_language()
    here = say.address(request, "map-tileset", code, found.id)
    west, south, east, north = picture.bounds
    said = described_tileset(
        request,
        found,
        here=here,
        code=code,
        title=f"{picture.raster.title.in_(language)} {picture.edition}",
        data_type="map",
        items={f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?f={image}": MEDIA[image] for image in MEDIA},
    )
    return said | {
        "attribution": picture.raster.attribution.in_(language),
        "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84},
    }
