"""Refusals as the older services say them: an ExceptionReport (06-121r9, clause 8), in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from yiwang.kernel.errors import YiwangError
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.ogc.contracts import (
    FeatureNotFound,
    MatrixNotFound,
    MatrixSetNotFound,
    ParameterRefused,
)
from yiwang.maps.ogc.ows.contracts import OnlyGet, ServiceRefused
from yiwang.maps.ogc.ows.rules.gml import without_controls
from yiwang.maps.rasters.contracts import RasterNotFound

XML = "application/xml; charset=utf-8"
View = Callable[..., HttpResponse]
#: Code, parameter and status of an error that other addresses have too.
_SAID: Mapping[type[YiwangError], tuple[str, str, int]] = {
    LayerNotFound: ("InvalidParameterValue", "{layer}", 400),
    RasterNotFound: ("InvalidParameterValue", "{layer}", 400),
    MatrixSetNotFound: ("InvalidParameterValue", "TILEMATRIXSET", 400),
    MatrixNotFound: ("TileOutOfRange", "TILEMATRIX", 400),
    FeatureNotFound: ("NotFound", "ID", 404),
    OnlyGet: ("OperationNotSupported", "request", 405),
}


def reporting(version: str, layer: str) -> Callable[[View], View]:
    """Answer refusals as reports of a version; ``layer`` is the parameter that names layers.

    A POST is answered too, without a token against forgery: it is refused, whatever it holds.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def told(request: HttpRequest, **named: str) -> HttpResponse:
            try:
                if request.method not in ("GET", "HEAD"):
                    raise OnlyGet
                return view(request, **named)
            except YiwangError as error:
                return _report(error, version, layer)

        return told

    return decorate


def _report(error: YiwangError, version: str, layer: str) -> HttpResponse:
    code, locator, status = _SAID.get(type(error), ("NoApplicableCode", "", error.status))
    if isinstance(error, ServiceRefused):
        code, locator = error.exception, error.locator
    elif isinstance(error, ParameterRefused):
        code, locator = "InvalidParameterValue", error.name
    said = error.sentence
    context = {
        "version": version,
        "code": code,
        "locator": without_controls(locator.format(layer=layer) if locator == "{layer}" else locator),
        "texts": [without_controls(said.zh), without_controls(said.en)],
    }
    body = render_to_string("maps/ogc/exception_report.xml", context)
    answer = HttpResponse(body, content_type=XML, status=status, headers=error.headers)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
