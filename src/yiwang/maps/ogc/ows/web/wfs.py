"""WFS 2.0.0 (09-025r2), class Simple with ad-hoc queries by type, box and name; KVP by GET."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from yiwang.exchange.api import find_asker
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.ogc.ows.contracts import ServiceRefused, refused
from yiwang.maps.ogc.ows.rules.features import BY_ID, GML_TYPE, JSON_TYPE, read_types
from yiwang.maps.ogc.ows.rules.gml import NAMESPACE, PREFIX, schema_of
from yiwang.maps.ogc.ows.rules.pairs import (
    Pairs,
    check_accepted,
    check_service,
    check_version,
    needed,
    read_pairs,
)
from yiwang.maps.ogc.ows.web.features import columns_of, feature_answer, features_answer
from yiwang.maps.ogc.ows.web.reports import XML, reporting
from yiwang.maps.ogc.rules.systems import KEPT, SYSTEMS
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import MOST_FEATURES
from yiwang.maps.queries.extents import extent_seen
from yiwang.platform.http.etag import tagged
from yiwang.platform.web.language import current_language

_VERSIONS = ("2.0.0", "2.0.2")
_TITLE = Text("城市地图服务（WFS）", "The city's maps for programs (WFS)")


@reporting("2.0.0", "TYPENAMES")
def wfs(request: HttpRequest) -> HttpResponse:
    """Answer an operation."""
    pairs = read_pairs(request.GET.lists())
    check_service(pairs, "WFS")
    operation = _OPERATIONS.get(needed(pairs, "REQUEST").lower())
    if operation is None:
        why = Text("没有这个操作", "there is no such operation")
        raise ServiceRefused("OperationNotSupported", "REQUEST", why)
    if operation is not _capabilities:
        check_version(pairs, _VERSIONS)
    return operation(request, pairs)


def _capabilities(request: HttpRequest, pairs: Pairs) -> HttpResponse:
    check_accepted(pairs, _VERSIONS)
    layers, language = api.list_layers(find_asker(request)), current_language()
    context = {
        "title": _TITLE.in_(language),
        "address": say.address(request, "wfs"),
        "prefix": PREFIX,
        "namespace": NAMESPACE,
        "forms": (GML_TYPE, JSON_TYPE),
        "most": MOST_FEATURES,
        "default": KEPT.urn,
        "others": [each.urn for each in SYSTEMS if each is not KEPT],
        "types": [
            {
                "code": each.layer.code,
                "title": each.layer.title.in_(language),
                "summary": each.layer.summary.in_(language),
                "box": extent_seen(each),
            }
            for each in layers
        ],
    }
    return document(request, "wfs_capabilities", context, layers)


def _describe_type(request: HttpRequest, pairs: Pairs) -> HttpResponse:
    said = pairs.get("TYPENAMES") or pairs.get("TYPENAME")
    asker = find_asker(request)
    layers = api.read_layers(asker, read_types(said)) if said else api.list_layers(asker)
    schema = schema_of({each.layer.code: columns_of(each) for each in layers})
    return tagged(
        request,
        schema,
        content_type=GML_TYPE,
        keyed=" ".join(each.mark for each in layers),
        is_everybodys=all(each.is_everybodys for each in layers),
    )


def _list_queries(request: HttpRequest, pairs: Pairs) -> HttpResponse:
    layers = api.list_layers(find_asker(request))
    context = {"by_id": BY_ID, "prefix": PREFIX, "namespace": NAMESPACE, "layers": layers}
    return document(request, "wfs_stored_queries", context, layers)


def _describe_queries(request: HttpRequest, pairs: Pairs) -> HttpResponse:
    named = pairs.get("STOREDQUERY_ID", BY_ID)
    if any(each.strip() != BY_ID for each in named.split(",")):
        raise refused("STOREDQUERY_ID", _NO_QUERY)
    layers = api.list_layers(find_asker(request))
    context = {"by_id": BY_ID, "prefix": PREFIX, "namespace": NAMESPACE, "layers": layers}
    return document(request, "wfs_stored_query", context, layers)


def _get_feature(request: HttpRequest, pairs: Pairs) -> HttpResponse:
    stored = pairs.get("STOREDQUERY_ID")
    if stored is None:
        here = say.address(request, "wfs")
        types = {"service": "WFS", "version": "2.0.0", "request": "DescribeFeatureType"}
        return features_answer(
            request, pairs, here=here, schema=f"{here}?{urlencode(types)}", at=timezone.now()
        )
    if stored != BY_ID:
        raise refused("STOREDQUERY_ID", _NO_QUERY)
    return feature_answer(request, pairs, at=timezone.now())


def document(
    request: HttpRequest, template: str, context: Mapping[str, object], layers: tuple[api.ReadLayer, ...]
) -> HttpResponse:
    """A document of XML; private unless everybody sees the same layers."""
    return tagged(
        request,
        render_to_string(f"maps/ogc/{template}.xml", dict(context)),
        content_type=XML,
        keyed=" ".join(each.mark for each in layers),
        is_everybodys=all(each.is_everybodys for each in layers),
    )


_NO_QUERY = Text(f"只有{BY_ID}", f"there is {BY_ID} only")
_OPERATIONS: Mapping[str, Callable[[HttpRequest, Pairs], HttpResponse]] = {
    "getcapabilities": _capabilities,
    "describefeaturetype": _describe_type,
    "getfeature": _get_feature,
    "liststoredqueries": _list_queries,
    "describestoredqueries": _describe_queries,
}
