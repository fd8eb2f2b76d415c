"""``{% layer_downloads as layers %}``: layers that a reader sees, and where a file of each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.platform.contracts import Actor
from yiwang.registers.api import may_write

register = template.Library()
_EXPORT = "registers.file.export"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerDownload:
    """A layer and the titles of the fields that a file of it holds.

    ``export`` is where its register is exported, in any form and without a limit; empty for others.
    """

    code: str
    title: Text
    fields: tuple[Text, ...]
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


def _download(read: api.ReadLayer, actor: Actor | None) -> LayerDownload:
    layer = read.layer
    fields = [
        field
        for field in read.drawn.definition.fields
        if field.name in read.seen or field.name == read.drawn.shape.name
    ]
    asked = urlencode({"fields": ",".join(field.name for field in fields), "form": "gpkg"}, safe=",")
    may_export = (
        actor is not None
        and actor.kind == "officer"
        # the register of such a layer holds other things than the layer draws
        and not layer.cases
        and layer.measure is None
        and may_write(actor, layer.register_code, _EXPORT)
    )
    return LayerDownload(
        code=layer.code,
        title=layer.title,
        fields=tuple(field.title for field in fields),
        export=f"{reverse('registers:export', args=[layer.register_code])}?{asked}" if may_export else "",
    )
