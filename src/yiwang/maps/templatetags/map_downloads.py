"""``{% layer_downloads as layers %}``: layers that a reader sees, and where a file of each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.ogc.queries.downloading import needs_reason
from yiwang.platform.contracts import Actor
from yiwang.registers.api import FORMS, may_write
from yiwang.registers.contracts import ExportFormat

register = template.Library()
_EXPORT = "registers.file.export"


#: Formats that the map names beside the table; the layer's page has more.
_FILES = {
    ExportFormat.GEOJSON: Text("GeoJSON", "GeoJSON"),
    ExportFormat.GPKG: Text("GeoPackage", "GeoPackage"),
    ExportFormat.SHAPEFILE: Text("Shapefile", "Shapefile"),
}
_TABLE = Text("表格（CSV）", "Table (CSV)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerDownload:
    """A layer, the titles of the fields that a file of it holds, and its files: title, address, name.

    ``page`` has more formats, a day and reference systems; empty where a file is made for a reason.
    ``export`` is where it is exported for a reason, without a limit; empty for who may not.
    """

    code: str
    title: Text
    fields: tuple[Text, ...]
    files: tuple[tuple[Text, str, str], ...]
    page: str
    export: str


@register.filter
def any_export(downloads: Iterable[LayerDownload]) -> bool:
    """Whether the reader may export the register of one."""
    return any(each.export for each in downloads)


@register.simple_tag(takes_context=True)
def layer_downloads(context: Context) -> list[LayerDownload]:
    """Give them in the order of the map; each file asks the reader's right anew."""
    request = context["request"]
    actor = find_actor(request) if isinstance(request, HttpRequest) else None
    return [_download(read, actor) for read in api.list_layers(actor)]


@register.simple_tag(takes_context=True)
def layer_export(context: Context, read: api.ReadLayer) -> str:
    """Where who reads the page exports the layer; empty for who may not."""
    request = context["request"]
    return _export(read, find_actor(request)) if isinstance(request, HttpRequest) else ""


def _export(read: api.ReadLayer, actor: Actor | None) -> str:
    layer = read.layer
    if actor is None or actor.kind != "officer" or layer.cases:
        return ""
    if not may_write(actor, layer.register_code, _EXPORT):
        return ""
    asked = urlencode({"layer": layer.code, "form": "gpkg"})
    return f"{reverse('registers:export', args=[layer.register_code])}?{asked}"


def _download(read: api.ReadLayer, actor: Actor | None) -> LayerDownload:
    layer = read.layer
    fields = [
        field
        for field in read.drawn.definition.fields
        if field.name in read.seen or field.name == read.drawn.shape.name
    ]
    is_at_once = not needs_reason(read)
    return LayerDownload(
        code=layer.code,
        title=layer.title,
        fields=tuple(field.title for field in fields),
        files=tuple(_files(layer.code, is_at_once=is_at_once)),
        page=f"{reverse('ogc:collection', args=[layer.code])}?f=html#download" if is_at_once else "",
        export=_export(read, actor),
    )


def _files(code: str, *, is_at_once: bool) -> Iterator[tuple[Text, str, str]]:
    items, whole = reverse("ogc:items", args=[code]), reverse("ogc:download", args=[code])
    yield _TABLE, f"{items}?f=csv&limit=10000", f"{code}.csv"
    if not is_at_once:
        # what a list shows, as a list gives it
        yield _FILES[ExportFormat.GEOJSON], f"{items}?f=json&limit=10000", f"{code}.geojson"
        return
    for form, title in _FILES.items():
        yield title, f"{whole}?f={form}", f"{code}.{FORMS[form].suffix}"
