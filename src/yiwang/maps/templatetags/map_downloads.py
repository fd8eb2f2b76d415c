"""``{% layer_downloads as layers %}``: layers whose register the reader may export, and where."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.registers.api import may_write

register = template.Library()
_EXPORT = "registers.file.export"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerDownload:
    """A layer, the titles of the fields that a file of it holds, and where the file is asked for."""

    code: str
    title: Text
    fields: tuple[Text, ...]
    address: str


@register.simple_tag(takes_context=True)
def layer_downloads(context: Context) -> list[LayerDownload]:
    """Give them in the order of the map; the export asks the reader's right anew."""
    request = context["request"]
    actor = find_actor(request) if isinstance(request, HttpRequest) else None
    if actor is None or actor.kind != "officer":
        return []
    return [
        _download(read)
        for read in api.list_layers(actor)
        if not read.layer.cases
        and read.layer.measure is None
        and may_write(actor, read.layer.register_code, _EXPORT)
    ]


def _download(read: api.ReadLayer) -> LayerDownload:
    seen = api.seen_of(read)
    fields = [
        field
        for field in read.drawn.definition.fields
        if field.name in seen or field.name == read.drawn.shape.name
    ]
    asked = urlencode({"fields": ",".join(field.name for field in fields), "form": "gpkg"}, safe=",")
    return LayerDownload(
        code=read.layer.code,
        title=read.layer.title,
        fields=tuple(field.title for field in fields),
        address=f"{reverse('registers:export', args=[read.layer.register_code])}?{asked}",
    )
