"""Made layers that everybody sees stand in the catalogue of data: its readers are told of no other layer.

An entry is put when a layer is published and taken out when it is withdrawn; a loop follows what happens to
its register, which may be closed, or open to everybody no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yiwang.exchange.api import (
    Category,
    Distribution,
    Item,
    ItemLine,
    OpenType,
    Origin,
    publisher_of,
    put_entry,
    take_out_entry,
)
from yiwang.kernel.text import Text
from yiwang.maps.making.queries.drafts import as_layer
from yiwang.maps.models import LayerVersion
from yiwang.maps.queries.layers import ReadLayer, as_seen
from yiwang.registers.api import FORMS
from yiwang.registers.contracts import ExportFormat

#: Codes of resources have no hyphen, so no resource is called like a layer's entry.
_PREFIX = "layer-"
_GEOJSON = "application/geo+json"
#: Files of a layer, and how the catalogue calls their formats.
_FILES = {
    ExportFormat.GPKG: "GPKG",
    ExportFormat.GEOJSON: "GeoJSON",
    ExportFormat.SHAPEFILE: "SHP",
    ExportFormat.FLATGEOBUF: "FGB",
    ExportFormat.CSV_WKT: "CSV",
}


def catalogue_layer(code: str) -> bool:
    """Put a made layer's entry, or take it out; gives whether anything differs."""
    row = LayerVersion.objects.filter(code=code).order_by("-number").first()
    if row is None or row.is_withdrawal:
        return take_out_entry(_PREFIX + code)
    read = as_seen(None, as_layer(row.content), 0)
    if read is None or not read.is_everybodys:
        return take_out_entry(_PREFIX + code)
    first = LayerVersion.objects.filter(code=code).order_by("number").first() or row
    return put_entry(_item(read, row.owner, issued_at=first.at, changed_at=row.at))


def follow_catalogued(at: datetime) -> int:
    """Look at every made layer anew; gives how many entries came, went or changed."""
    codes = LayerVersion.objects.order_by("code").values_list("code", flat=True).distinct()
    return sum(catalogue_layer(code) for code in codes)


def _item(read: ReadLayer, owner: str, *, issued_at: datetime, changed_at: datetime) -> Item:
    layer, register = read.layer, read.drawn.definition
    return Item(
        code=_PREFIX + layer.code,
        origin=Origin.LAYER,
        kind="layer",
        title=layer.title,
        summary=layer.summary,
        owner=owner,
        publisher=publisher_of(owner),
        category=Category.GEOGRAPHY,
        open_type=OpenType.OPEN,
        keywords=(layer.group,),
        issued_at=issued_at,
        changed_at=changed_at,
        lines=tuple(ItemLine(name=name, title=register.get(name).title) for name in read.seen),
        distributions=(
            Distribution(
                key="features",
                title=Text("要素服务（OGC API）", "Features (OGC API)"),
                address=f"/ogc/collections/{layer.code}/items",
                format="GeoJSON",
                media_type=_GEOJSON,
                description="/ogc/api",
            ),
            Distribution(
                key="tiles",
                title=Text("矢量瓦片（TileJSON）", "Vector tiles (TileJSON)"),
                address=f"/maps/tilejson/{layer.code}.json",
                format="MVT",
                media_type="application/json",
                description="/ogc/api",
            ),
            *_files(layer.code),
            Distribution(
                key="map",
                title=Text("在地图上看", "See it on the map"),
                address=f"/map/?layers={layer.code}",
                format="HTML",
                media_type="text/html",
            ),
        ),
    )


def _files(code: str) -> Iterator[Distribution]:
    for form, kind in _FILES.items():
        yield Distribution(
            key=form.value,
            title=FORMS[form].title,
            address=f"/ogc/collections/{code}/download?f={form}",
            format=kind,
            media_type=FORMS[form].media_type,
        )
