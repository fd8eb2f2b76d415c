"""Features for WFS: read as the pages of the OGC API read them, written as GML."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from yiwang.exchange.api import find_asker
from yiwang.exchange.contracts import TokenRefused
from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import FeatureNotFound
from yiwang.maps.ogc.ows.contracts import ServiceRefused, refused
from yiwang.maps.ogc.ows.rules.features import (
    GML_TYPE,
    JSON_TYPE,
    read_boxes,
    read_form,
    read_names,
    read_resource,
    read_resources,
    read_spoken,
    read_system,
)
from yiwang.maps.ogc.ows.rules.gml import Collected, Column, collection_of, feature_of, named_only
from yiwang.maps.ogc.ows.rules.pairs import Pairs, needed, whole_number
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.queries.items import Page, Reader, read_one, read_page
from yiwang.maps.ogc.rules.systems import DEFAULT, KEPT, System
from yiwang.maps.ogc.web.asking import MOST_FEATURES
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.http.etag import tag_of, tagged
from yiwang.platform.web.language import current_language

#: How far a program may count into a layer; beyond it, boxes ask for less.
_MOST_SKIPPED = 1_000_000
_AS_JSON = Text(
    "GeoJSON只用CRS84坐标，且给出全部字段", "GeoJSON is given in CRS84 and with all its properties"
)


def columns_of(read: ReadLayer) -> tuple[Column, ...]:
    """Properties of a layer's features as this reader sees them; the shape is the first."""
    definition, language = read.drawn.definition, current_language()
    names = dict.fromkeys((read.drawn.shape.name, *read.seen))
    fields = [definition.get(name) for name in names]
    return tuple(
        Column(field, field.title.in_(language), field.name in read.drawn.clear | {read.drawn.shape.name})
        for field in fields
    )


def features_answer(
    request: HttpRequest, said: Pairs, *, here: str, schema: str, at: datetime
) -> HttpResponse:
    """Features of a layer, or how many there are.

    Raises:
        ServiceRefused, ParameterRefused, LayerNotFound
        TokenRefused: the token does not count any more.
    """
    pairs = read_spoken(said)
    form, resources = read_form(pairs), read_resources(pairs)
    is_json, is_hits = form == JSON_TYPE, pairs.get("RESULTTYPE", "").lower() == "hits"
    system = _system(pairs, is_json=is_json)
    boxes, box_system = read_boxes(pairs)
    most = whole_number(pairs, "COUNT", MOST_FEATURES, 2**60)
    skip = whole_number(pairs, "STARTINDEX", 0, _MOST_SKIPPED)
    is_hits = is_hits or most == 0
    asked = Asked(
        system=system,
        limit=1 if is_hits else min(most, MOST_FEATURES),
        skip=0 if is_hits else skip,
        boxes=boxes,
        box_system=box_system,
        entries=resources.entries,
        is_counted=is_hits,
    )
    reader = Reader(actor=find_asker(request), at=at)
    found = read_page(reader, resources.code, asked, "geojson" if is_json else "gml")
    if found is None:
        raise TokenRefused
    if is_json:
        return _as_json(request, found, system, is_hits=is_hits)
    members = () if is_hits else _members(found, pairs)
    following = ""
    if found.after is not None and not is_hits:
        kept = {key: value for key, value in said.items() if key != "STARTINDEX"}
        following = f"{here}?{urlencode(kept | {'STARTINDEX': skip + len(members)})}"
    collected = Collected(
        members=members,
        matched=found.matched,
        returned=len(members),
        following=following,
        schema=f"{schema}&typeNames={resources.code}",
    )
    tag = tag_of(f"{found.read.mark} {system.urn} gml", collection_of(collected, "").encode())
    body = collection_of(collected, at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return tagged(request, body, content_type=GML_TYPE, is_everybodys=found.read.is_everybodys, tag=tag)


def feature_answer(request: HttpRequest, pairs: Pairs, *, at: datetime) -> HttpResponse:
    """The one feature of a name, by the stored query GetFeatureById.

    Raises:
        FeatureNotFound, ServiceRefused
        TokenRefused: the token does not count any more.
    """
    said = needed(pairs, "ID")
    if read_form(pairs) != GML_TYPE:
        raise refused("OUTPUTFORMAT", Text(f"此查询只给出{GML_TYPE}", f"this query gives {GML_TYPE} only"))
    named, system = read_resource(said), read_system(pairs, "SRSNAME")
    if named is None:
        raise FeatureNotFound(layer="", feature=said[:60])
    code, entry = named
    found = read_one(Reader(actor=find_asker(request), at=at), code, entry, system, "gml")
    if found is None:
        raise TokenRefused
    read, text = found
    body = '<?xml version="1.0" encoding="UTF-8"?>\n' + feature_of(code, text, columns_of(read), is_root=True)
    keyed = f"{read.mark} {system.urn} gml"
    return tagged(request, body, content_type=GML_TYPE, keyed=keyed, is_everybodys=read.is_everybodys)


def _system(pairs: Pairs, *, is_json: bool) -> System:
    if not is_json:
        return read_system(pairs, "SRSNAME", KEPT)
    system = read_system(pairs, "SRSNAME", DEFAULT)
    if system.srid != DEFAULT.srid or pairs.get("PROPERTYNAME"):
        raise ServiceRefused("OptionNotSupported", "OUTPUTFORMAT", _AS_JSON)
    return DEFAULT


def _members(found: Page, pairs: Pairs) -> tuple[str, ...]:
    columns, code = columns_of(found.read), found.read.layer.code
    said = pairs.get("PROPERTYNAME", "")
    if said and said != "*":
        names = read_names(said)
        unknown = set(names) - {each.field.name for each in columns}
        if unknown:
            why = Text("没有这个属性", "there is no such property")
            raise refused("PROPERTYNAME", why)
        columns = named_only(columns, names)
    return tuple(feature_of(code, each, columns) for each in found.features)


def _as_json(request: HttpRequest, found: Page, system: System, *, is_hits: bool) -> HttpResponse:
    features = () if is_hits else found.features
    matched = '"unknown"' if found.matched is None else str(found.matched)
    body = (
        f'{{"type":"FeatureCollection","numberMatched":{matched},"numberReturned":{len(features)},'
        f'"features":[{",".join(features)}]}}'
    )
    keyed = f"{found.read.mark} {system.urn}"
    return tagged(request, body, content_type=JSON_TYPE, keyed=keyed, is_everybodys=found.read.is_everybodys)
