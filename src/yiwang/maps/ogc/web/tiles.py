"""Tiles, tile sets and their matrix sets (20-057)."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.exchange.api import find_asker
from yiwang.exchange.contracts import TokenRefused
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.ogc.contracts import ParameterRefused
from yiwang.maps.ogc.queries.items import Reader
from yiwang.maps.ogc.queries.tiles import draw_in
from yiwang.maps.ogc.rules.matrices import SETS, MatrixSet, described, place_in, set_of
from yiwang.maps.ogc.rules.times import read_span
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import check_known
from yiwang.maps.ogc.web.tilesets import SCHEME, described_tileset
from yiwang.maps.rules.tiles import Tile
from yiwang.platform.http.etag import tagged
from yiwang.platform.web.language import current_language

_ONE_DAY = Text("瓦片只能取一天的，如2026-03-01", "a tile is that of one day, such as 2026-03-01")
MVT = "application/vnd.mapbox-vector-tile"


@require_safe
@say.telling
def matrix_sets(request: HttpRequest) -> HttpResponse:
    """List the matrix sets."""
    check_known(request)
    listed: list[JsonValue] = [_set_item(request, each) for each in SETS]
    return say.said_json(request, {"tileMatrixSets": listed, "links": [_here(request, "matrix-sets")]})


@require_safe
@say.telling
def matrix_set(request: HttpRequest, name: str) -> HttpResponse:
    """Describe one."""
    check_known(request)
    return say.said_json(request, described(set_of(name), current_language()))


@require_safe
@say.telling
def tilesets(request: HttpRequest, code: str) -> HttpResponse:
    """List the tile sets of a layer."""
    check_known(request)
    layers = api.read_layers(find_asker(request), [code])
    listed: list[JsonValue] = [_tileset(request, layers[0], each) for each in SETS]
    body: dict[str, JsonValue] = {"tilesets": listed, "links": [_here(request, "tilesets", code)]}
    return say.said_json(request, body, layers)


@require_safe
@say.telling
def tileset(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Describe one."""
    check_known(request)
    layers = api.read_layers(find_asker(request), [code])
    return say.said_json(request, _tileset(request, layers[0], set_of(name)), layers)


@require_safe
@say.telling
def tile(request: HttpRequest, code: str, name: str, **said: str) -> HttpResponse:
    """Give a tile, with ``datetime`` that of a day."""
    check_known(request, "datetime")
    return tile_answer(request, code, set_of(name), (said["matrix"], said["row"], said["column"]))


def tile_answer(
    request: HttpRequest, code: str, found: MatrixSet, said: tuple[str, str, str]
) -> HttpResponse:
    """A tile by matrix, row and column.

    Raises:
        MatrixNotFound, LayerNotFound, TokenRefused, TimeLimitReached
        ParameterRefused: ``datetime`` is none, or more than a day.
    """
    place, actor, at = place_in(found, *said), find_asker(request), timezone.now()
    valid = _day(request)
    if found.id == "WebMercatorQuad":
        drawn = api.draw_tile(
            actor=actor,
            layers=(code,),
            tile=Tile(place[0], place[2], place[1]),
            at=at,
            valid=valid,
            keeping=api.keeping_of(request.META),
        )
        if drawn is None:
            raise TokenRefused
        return tagged(
            request, drawn.body, content_type=MVT, keyed=drawn.mark, is_everybodys=drawn.is_everybodys
        )
    given = draw_in(Reader(actor=actor, at=at), code, found, place, valid=valid)
    if given is None:
        raise TokenRefused
    read, body = given
    keyed = f"{read.mark} {found.id}"
    return tagged(request, body, content_type=MVT, keyed=keyed, is_everybodys=read.is_everybodys)


def _day(request: HttpRequest) -> date | None:
    said = request.GET.get("datetime")
    span = read_span(said) if said is not None else None
    if span is None:
        return None
    if not span.is_one_day:
        raise ParameterRefused(name="datetime", why=_ONE_DAY)
    return span.since


def _set_item(request: HttpRequest, found: MatrixSet) -> dict[str, JsonValue]:
    href = say.address(request, "matrix-set", found.id)
    return {
        "id": found.id,
        "title": found.title.in_(current_language()),
        "crs": found.system_uri,
        "links": [
            say.link(href, "self"),
            say.link(href, SCHEME),
        ],
    }


def _tileset(request: HttpRequest, read: api.ReadLayer, found: MatrixSet) -> dict[str, JsonValue]:
    code = read.layer.code
    here = say.address(request, "tileset", code, found.id)
    return described_tileset(
        request,
        found,
        here=here,
        code=code,
        title=read.layer.title.in_(current_language()),
        data_type="vector",
        items={f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": MVT},
    )


def _here(request: HttpRequest, name: str, *args: str) -> dict[str, JsonValue]:
    return say.link(say.address(request, name, *args), "self")
