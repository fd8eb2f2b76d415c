"""Tiles of imagery in a matrix set, for each standard that gives them alike."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse

from yiwang.exchange.api import find_asker
from yiwang.maps.ogc.rules.matrices import SETS, MatrixSet, place_in
from yiwang.maps.rasters import api as rasters
from yiwang.maps.rules.tiles import Tile
from yiwang.platform.http.etag import tagged

Image = Literal["png", "webp"]
MEDIA: dict[Image, str] = {"png": "image/png", "webp": "image/webp"}
_SQUARE = SETS[0]


def is_picture(said: str) -> bool:
    """Whether a name is that of an edition."""
    return "." in said


def read_picture(request: HttpRequest, said: str) -> rasters.Edition:
    """The edition of a name.

    Raises:
        RasterNotFound: there is none, or it is not for this reader.
    """
    code, _, edition = said.partition(".")
    return rasters.read_edition(find_asker(request), code, edition)


def picture_answer(
    request: HttpRequest,
    picture: rasters.Edition,
    found: MatrixSet,
    said: tuple[str, str, str],
    image: Image,
) -> HttpResponse:
    """A tile by matrix, row and column; 204 where the edition shows nothing.

    Raises:
        MatrixNotFound, RasterBusy
    """
    body = _drawn(picture, found, place_in(found, *said), image)
    answer = tagged(
        request,
        body or b"",
        content_type=MEDIA[image],
        keyed=picture.mark,
        is_everybodys=picture.is_everybodys,
    )
    if body is None and answer.status_code == 200:
        answer.status_code = 204  # with the type that was asked for: OWSLib reads it before the body
    return answer


def _drawn(
    picture: rasters.Edition, found: MatrixSet, place: tuple[int, int, int], image: Image
) -> bytes | None:
    matrix, row, column = place
    if found is _SQUARE:
        tile = rasters.AskedTile(drawn="picture", tile=Tile(matrix, column, row), format=image)
        return rasters.tile_picture(picture, tile)
    asked = rasters.AskedBox(
        srid=found.srid,
        is_degrees=found.is_degrees,
        box=found.box(matrix, row, column),
        zoom=found.zoom(matrix),
        format=image,
    )
    return rasters.box_picture(picture, asked)
