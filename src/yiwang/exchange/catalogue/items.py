"""One entry of the catalogue in full: what pages, DCAT and the CKAN-compatible interface are made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from yiwang.exchange.catalogue.metadata import Category, Format, OpenType, Updated
from yiwang.exchange.contracts import ResourceInfo, Secrecy, Sharing
from yiwang.exchange.providers import LINKS, ItemShape, ResourceLink
from yiwang.kernel.text import Text


class Origin(StrEnum):
    """Where an entry comes from."""

    RESOURCE = "resource"
    RELEASE = "release"
    LAYER = "layer"
    EXTERNAL = "external"

    @property
    def words(self) -> Text:
        """The origin in words."""
        return _ORIGINS[self]


_ORIGINS = {
    Origin.RESOURCE: Text("部门共享", "Shared between departments"),
    Origin.RELEASE: Text("开放数据", "Open data"),
    Origin.LAYER: Text("地图图层", "Layers of the map"),
    Origin.EXTERNAL: Text("外部目录", "From another catalogue"),
}


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemLine(_Kept):
    """One information item (信息项)."""

    name: str
    title: Text
    type: Text | None = None
    length: int | None = None
    xsd: str = "string"
    secrecy: Secrecy = Secrecy.PUBLIC


class Distribution(_Kept):
    """One way to the data. A path begins with a slash and is ours; anything else is an address elsewhere."""

    key: str
    title: Text
    address: str
    format: str
    media_type: str = ""
    #: Where the machine-readable description of a service is; empty for a file.
    description: str = ""
    size: int | None = None
    licence: str = ""

    @property
    def is_service(self) -> bool:
        """Whether it is a service that is asked, not a file."""
        return bool(self.description)


class Provenance(_Kept):
    """Where a harvested entry was read."""

    source: str
    source_title: Text
    identifier: str
    address: str = ""
    read_at: datetime
    changed: str = ""


class Item(_Kept):
    """An entry of the catalogue."""

    code: str
    origin: Origin
    kind: str
    title: Text
    summary: Text
    owner: str = ""
    publisher: Text
    identifier: str = ""
    category: Category | None = None
    subject: Text | None = None
    detail: Text | None = None
    sharing: Sharing | None = None
    open_type: OpenType = OpenType.CLOSED
    conditions: Text | None = None
    legal_basis: Text | None = None
    updated: Updated | None = None
    format: Format | None = None
    keywords: tuple[Text, ...] = ()
    issued_at: datetime | None = None
    changed_at: datetime
    lines: tuple[ItemLine, ...] = ()
    related: tuple[str, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    provenance: Provenance | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats of all ways to the data, sorted."""
        return tuple(sorted({way.format for way in self.distributions if way.format}))


def item_of(
    info: ResourceInfo, *, publisher: Text, at: datetime, shapes: Mapping[str, ItemShape] | None = None
) -> Item:
    """A resource as an entry of the catalogue; ``shapes`` are types and lengths as the source has them."""
    about = info.metadata
    shapes = shapes or {}
    lines = []
    for field in info.fields:
        shape = shapes.get(field.name)
        lines.append(
            ItemLine(
                name=field.name,
                title=field.title,
                type=shape.type if shape else None,
                length=shape.length if shape else None,
                xsd=shape.xsd if shape else "string",
                secrecy=field.secrecy,
            )
        )
    return Item(
        code=info.code,
        origin=Origin.RESOURCE,
        kind=info.kind,
        title=info.title,
        summary=info.summary,
        owner=info.owner,
        publisher=publisher,
        identifier=about.identifier,
        category=about.category,
        subject=about.subject[1] if about.subject else None,
        detail=about.detail[1] if about.detail else None,
        sharing=info.sharing,
        open_type=about.open_type,
        conditions=about.conditions,
        legal_basis=info.legal_basis,
        updated=about.updated,
        format=about.format,
        keywords=about.keywords,
        issued_at=about.published_at or at,
        changed_at=about.changed_at or at,
        lines=tuple(lines),
        related=about.related,
        distributions=tuple(_way(key, link) for key, give in LINKS if (link := give(info)) is not None),
    )


def _way(key: str, link: ResourceLink) -> Distribution:
    return Distribution(
        key=key,
        title=link.title,
        address=link.path,
        format=link.format,
        media_type=link.media_type,
        description=link.description,
    )


def look_up_link(info: ResourceInfo) -> ResourceLink | None:
    """The service that answers looks at a resource, unless it is not shared."""
    if info.sharing is Sharing.NOT_SHARED:
        return None
    return ResourceLink(
        title=Text("查询和核验服务", "Service to look up and to verify"),
        path=f"/api/exchange/resources/{info.code}",
        format="JSON",
        media_type="application/json",
        description=f"/catalogue/{info.code}/openapi.json",
    )
