"""Where everything is, which classes of the standards are kept, and how the interface is called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from yiwang.kernel.text import Text
from yiwang.maps.ogc.rules.conformance import CLASSES
from yiwang.maps.ogc.rules.openapi import document
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import check_known
from yiwang.platform.web.language import current_language

_TITLE = Text("城市地图服务（OGC API）", "The city's maps for programs (OGC API)")
_SUMMARY = Text(
    "按登记簿本身的权限提供要素和瓦片。", "Features and tiles, under the rights of the registers themselves."
)


@require_safe
@say.telling
def landing(request: HttpRequest) -> HttpResponse:
    """Give the landing page."""
    check_known(request)
    if say.wants_page(request):
        return say.page(request, "landing", {"title": _TITLE, "summary": _SUMMARY})
    language = current_language()
    links = [
        *say.self_links(request, "landing"),
        say.link(say.address(request, "api"), "service-desc", say.OPENAPI, Text("接口描述", "The interface")),
        say.link(say.address(request, "landing") + "?f=html", "service-doc", say.HTML, Text("说明", "Help")),
        say.link(say.address(request, "conformance"), "conformance"),
        say.link(say.address(request, "conformance"), "http://www.opengis.net/def/rel/ogc/1.0/conformance"),
        say.link(say.address(request, "collections"), "data"),
        say.link(
            say.address(request, "matrix-sets"), "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
        ),
    ]
    return say.said_json(
        request, {"title": _TITLE.in_(language), "description": _SUMMARY.in_(language), "links": links}
    )


@require_safe
@say.telling
def conformance(request: HttpRequest) -> HttpResponse:
    """Give the classes."""
    check_known(request)
    if say.wants_page(request):
        return say.page(request, "conformance", {"classes": CLASSES})
    return say.said_json(request, {"conformsTo": list(CLASSES)})


@require_safe
@say.telling
def api(request: HttpRequest) -> HttpResponse:
    """Give the description of the interface (OpenAPI 3.0); the same for everybody."""
    check_known(request)
    server = request.build_absolute_uri(reverse("ogc:landing")).removesuffix("/")
    return say.said_json(request, document(server, _TITLE.in_(current_language())), kind=say.OPENAPI)
