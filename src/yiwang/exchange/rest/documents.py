"""The catalogue as documents for programs: DCAT-AP 3 in Turtle and JSON-LD, OpenAPI of each resource."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.exchange import api
from yiwang.exchange.catalogue.dcat import catalogue_node, dataset_node
from yiwang.exchange.rest.resource_document import openapi_of
from yiwang.exchange.rules.rdf import Node, as_json_ld, as_turtle
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.platform.http.downloads import download
from yiwang.platform.http.etag import tagged

_TYPES = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}
_SUMMARY = Text(
    "本市各部门共享、开放的数据资源，以及从其他目录收集的条目。",
    "Data that departments of the city share and open, and entries read from other catalogues.",
)


@require_safe
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """The whole catalogue."""
    items = api.all_entries()
    name: Text = settings.YIWANG_CITY_NAME
    node = catalogue_node(
        items,
        site=environment().address(),
        title=Text(f"{name.zh}政务信息资源目录", f"Catalogue of government information of {name.en}"),
        summary=_SUMMARY,
        publisher=name,
        changed_at=max((item.changed_at for item in items), default=timezone.now()),
    )
    return _document(request, node, form)


@require_safe
def dataset(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """One entry."""
    return _document(request, dataset_node(api.get_entry(code), site=environment().address()), form)


@require_safe
def openapi(request: HttpRequest, code: str) -> HttpResponse:
    """The OpenAPI 3.1 document of a resource's services."""
    found = openapi_of(api.get_entry(code), site=environment().address())
    return tagged(request, json.dumps(found, ensure_ascii=False))


@require_safe
def data(request: HttpRequest, code: str) -> FileResponse:
    """The file of a published release."""
    answer = download(api.published_file(code))
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def _document(request: HttpRequest, node: Node, form: str) -> HttpResponse:
    text = as_turtle([node]) if form == "ttl" else as_json_ld([node])
    return tagged(request, text, content_type=_TYPES[form])
