"""Catalogues that are read, and what came of it."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.catalogue.contracts import HarvestRunInfo, HarvestSourceInfo, SourceNotFound
from yiwang.exchange.catalogue.items import Item, Origin
from yiwang.exchange.models import CatalogueEntry, HarvestRun, HarvestSource
from yiwang.kernel.text import text_from


def list_sources() -> list[HarvestSourceInfo]:
    """Every source by key, with its latest run."""
    return [source_info(row) for row in HarvestSource.objects.order_by("key")]


def get_source(key: str) -> HarvestSourceInfo:
    """Give a source.

    Raises:
        SourceNotFound: there is none.
    """
    row = HarvestSource.objects.filter(key=key).first()
    if row is None:
        raise SourceNotFound(source=key[:40])
    return source_info(row)


def source_info(row: HarvestSource) -> HarvestSourceInfo:
    """A source's row as others see it."""
    latest = HarvestRun.objects.filter(source=row).order_by("-id").first()
    return HarvestSourceInfo(
        key=row.key,
        title=text_from(row.title),
        protocol="ckan" if row.protocol == "ckan" else "dcat",
        url=row.url,
        every_hours=row.every_hours,
        due_at=row.due_at,
        is_stopped=row.stopped_at is not None,
        entries=CatalogueEntry.objects.filter(origin=Origin.EXTERNAL.value, source=row.key).count(),
        latest=None if latest is None else _run(latest),
    )


def _run(row: HarvestRun) -> HarvestRunInfo:
    return HarvestRunInfo(
        at=row.at,
        seen=row.seen,
        added=row.added,
        changed=row.changed,
        removed=row.removed,
        left_out=tuple((one["identifier"], text_from(one["reason"])) for one in row.left_out),
        fault=text_from(row.fault) if row.fault else None,
    )


def due_sources(at: datetime, *, most: int) -> list[str]:
    """Keys of sources that wait to be read."""
    rows = HarvestSource.objects.filter(stopped_at=None, due_at__lte=at).order_by("due_at")
    return list(rows.values_list("key", flat=True)[:most])


def held_elsewhere(source: str) -> dict[str, str]:
    """Identifiers that older sources gave, each with the key of its source."""
    own = HarvestSource.objects.filter(key=source).values_list("pk", flat=True).first()
    older = HarvestSource.objects.filter(pk__lt=own or 0).values_list("key", flat=True)
    rows = CatalogueEntry.objects.filter(origin=Origin.EXTERNAL.value, source__in=list(older))
    found = rows.values_list("content__provenance__identifier", "source")
    return {str(identifier): key for identifier, key in found}


def entries_of(source: str) -> dict[str, Item]:
    """What was taken from a source, by code."""
    rows = CatalogueEntry.objects.filter(origin=Origin.EXTERNAL.value, source=source)
    return {row.code: Item.model_validate(row.content) for row in rows}
