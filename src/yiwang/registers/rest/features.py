"""``/api/features``: registers with a place or an area, as OGC API - Features (17-069r4, Core and GeoJSON).

The same rights and masks as the lists of registers. Pages go by keyset: the link ``next`` names the last
entry of the page before, so entries that come or go meanwhile shift nothing and page 10,000 costs what the
first does. Coordinates are CGCS2000 (EPSG:4490), given as CRS84: both agree within centimetres.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from pydantic import JsonValue

from yiwang.exchange.api import find_asker
from yiwang.platform.contracts import Actor
from yiwang.platform.http.etag import tagged
from yiwang.platform.http.schemas import refusals
from yiwang.registers import api
from yiwang.registers.contracts import AsOf, CountPolicy, EntryNotFound, FilterRefused, RegisterNotFound
from yiwang.registers.definitions import NAME, SHAPES, RegisterDefinition
from yiwang.registers.rest.schemas import MOST

router = Router(tags=["features"])
Code = Annotated[str, Path(pattern=NAME)]
Entry = Annotated[int, Path(ge=1, le=MOST)]
_REFUSED = refusals(401, 403, 404, 422, 429, 503)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CONFORMANCE = ("core", "oas30", "geojson")
_GEOJSON = "application/geo+json"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


class ItemsIn(Schema):
    """How a page of features is asked for (17-069r4, section 7.15)."""

    limit: int = Field(10, ge=1, le=1000)
    bbox: str = Field("", max_length=120, description="west,south,east,north in degrees")
    datetime: date | None = Field(None, description="What was so on this day")
    after: int = Field(0, ge=0, le=MOST, description="Number of the last feature of the page before")
    count: CountPolicy = "none"


class LinkOut(Schema):
    """A link of RFC 8288 as JSON."""

    href: str
    rel: str
    type: str
    title: str = ""


class FeatureOut(Schema):
    """A GeoJSON feature (RFC 7946)."""

    type: str
    id: int
    geometry: dict[str, JsonValue] | None
    properties: dict[str, JsonValue]


class FeaturesOut(Schema):
    """A page of features; ``numberMatched`` only where a count was asked for."""

    type: str
    features: list[FeatureOut]
    numberReturned: int  # noqa: N815 - the standard's name
    numberMatched: int | None = None  # noqa: N815
    links: list[LinkOut]


class CollectionOut(Schema):
    """A register as a collection."""

    id: str
    title: str
    description: str
    itemType: str = "feature"  # noqa: N815
    crs: list[str]
    links: list[LinkOut]


class CollectionsOut(Schema):
    """The registers that this reader may list."""

    collections: list[CollectionOut]
    links: list[LinkOut]


class LandingOut(Schema):
    """Where everything is."""

    title: str
    description: str
    links: list[LinkOut]


class ConformanceOut(Schema):
    """The classes of the standard that are kept."""

    conformsTo: list[str]  # noqa: N815


@router.get("", response=LandingOut, summary="Features: where everything is")
def landing(request: HttpRequest) -> LandingOut:
    """Give the landing page."""
    return LandingOut(
        title="Yiwang",
        description="登记簿中的空间要素 / Features of the city's registers",
        links=[
            _link(request, "rest:landing", "self"),
            _link(
                request, "rest:openapi-json", "service-desc", "application/vnd.oai.openapi+json;version=3.0"
            ),
            _link(request, "rest:conformance", "conformance"),
            _link(request, "rest:list_collections", "data"),
        ],
    )


@router.get("/conformance", response=ConformanceOut, summary="Features: classes of the standard")
def conformance(request: HttpRequest) -> ConformanceOut:
    """Give the conformance classes of OGC API - Features - Part 1."""
    base = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    return ConformanceOut(conformsTo=[base + name for name in _CONFORMANCE])


@router.get("/collections", response=CollectionsOut, summary="Features: collections")
def list_collections(request: HttpRequest) -> CollectionsOut:
    """Give the registers with a shape whose list this reader sees."""
    actor = find_asker(request)
    seen = [each for each in api.list_registers() if _has_shape(each) and _may_list(actor, each.code)]
    return CollectionsOut(
        collections=[_collection(request, each) for each in seen],
        links=[_link(request, "rest:list_collections", "self")],
    )


@router.get(
    "/collections/{code}", response={200: CollectionOut, **_REFUSED}, summary="Features: one collection"
)
def get_collection(request: HttpRequest, code: Code) -> CollectionOut:
    """Give one register as a collection."""
    return _collection(request, _shaped(find_asker(request), code))


@router.get("/collections/{code}/items", response={200: FeaturesOut, **_REFUSED}, summary="Features: a page")
def list_items(request: HttpRequest, code: Code, page: Query[ItemsIn]) -> HttpResponse:
    """Give a page of features in the order of entry numbers."""
    actor, at = find_asker(request), timezone.now()
    definition = _shaped(actor, code)
    asked = api.Asked(
        after=page.after,
        limit=page.limit,
        count=page.count,
        within=_box(page.bbox),
        as_of=AsOf(valid=page.datetime, known=at) if page.datetime else None,
    )
    found = api.list_entries(actor=actor, register=code, asked=asked, at=at)
    links = [_link(request, "rest:list_items", "self", _GEOJSON, code=code, asked=request.GET.dict())]
    if found.after is not None:
        following = {**request.GET.dict(), "after": str(found.after)}
        links.append(_link(request, "rest:list_items", "next", _GEOJSON, code=code, asked=following))
    features: list[JsonValue] = [dict(_feature(definition, entry)) for entry in json.loads(found.body)]
    body: dict[str, JsonValue] = {
        "type": "FeatureCollection",
        "features": features,
        "numberReturned": found.size,
        "links": [link.dict() for link in links],
    }
    if found.count is not None:
        body["numberMatched"] = found.count
    return tagged(request, json.dumps(body, ensure_ascii=False), content_type=_GEOJSON, keyed=found.mark)


@router.get(
    "/collections/{code}/items/{entry}", response={200: FeatureOut, **_REFUSED}, summary="Features: one"
)
def get_item(request: HttpRequest, code: Code, entry: Entry) -> HttpResponse:
    """Give one feature as the list shows it."""
    actor, at = find_asker(request), timezone.now()
    definition = _shaped(actor, code)
    page = api.list_entries(actor=actor, register=code, asked=api.Asked(after=entry - 1, limit=1), at=at)
    found = json.loads(page.body)
    if not found or found[0]["entry"] != entry:
        raise EntryNotFound(register=code)
    body = json.dumps(_feature(definition, found[0]), ensure_ascii=False)
    return tagged(request, body, content_type=_GEOJSON, keyed=page.mark)


def _has_shape(definition: RegisterDefinition) -> bool:
    return any(field.kind in SHAPES for field in definition.fields)


def _may_list(actor: Actor | None, code: str) -> bool:
    return api.list_reach(actor, code) != "none"


def _shaped(actor: Actor | None, code: str) -> RegisterDefinition:
    """A register with a shape that this reader may list; others are not there."""
    definition = api.get_register(code)
    if not _has_shape(definition) or not _may_list(actor, code):
        raise RegisterNotFound(register=code)
    return definition


def _box(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise FilterRefused(field="bbox") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise FilterRefused(field="bbox")
    return west, south, east, north


def _feature(definition: RegisterDefinition, entry: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """A GeoJSON feature: the first field with a shape is the geometry, all others are properties."""
    values = entry["values"]
    if not isinstance(values, dict):
        raise TypeError("the values of an entry are an object")
    shape = next(field.name for field in definition.fields if field.kind in SHAPES)
    geometry = values.get(shape)
    properties = {name: value for name, value in values.items() if name != shape}
    return {
        "type": "Feature",
        "id": entry["entry"],
        "geometry": _geometry(geometry),
        "properties": properties | {"version": entry["version"], "valid_from": entry["valid_from"]},
    }


def _geometry(shown: JsonValue) -> JsonValue:
    """A place is shown as ``lon`` and ``lat``, lines and areas as GeoJSON already."""
    if isinstance(shown, dict) and "lon" in shown:
        return {"type": "Point", "coordinates": [shown["lon"], shown["lat"]]}
    return shown if isinstance(shown, dict) else None


def _collection(request: HttpRequest, definition: RegisterDefinition) -> CollectionOut:
    return CollectionOut(
        id=definition.code,
        title=f"{definition.title.zh} / {definition.title.en}",
        description=f"{definition.summary.zh} / {definition.summary.en}",
        crs=[_CRS84],
        links=[
            _link(request, "rest:get_collection", "self", code=definition.code),
            _link(request, "rest:list_items", "items", _GEOJSON, code=definition.code),
        ],
    )


def _link(
    request: HttpRequest,
    name: str,
    rel: str,
    kind: str = "application/json",
    *,
    code: str = "",
    asked: Mapping[str, str] | None = None,
) -> LinkOut:
    address = request.build_absolute_uri(reverse(name, kwargs={"code": code} if code else None))
    query = f"?{urlencode(asked)}" if asked else ""
    return LinkOut(href=address + query, rel=rel, type=kind)
