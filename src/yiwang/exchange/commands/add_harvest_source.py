"""Another catalogue is read from now on, or no longer."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from yiwang.exchange.catalogue.contracts import HarvestSourceInfo, SourceNotFound, SourceRefused
from yiwang.exchange.catalogue.items import Origin
from yiwang.exchange.models import CatalogueEntry, HarvestSource
from yiwang.exchange.queries.harvests import source_info
from yiwang.exchange.rules.foreign import refuse_address
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

MANAGE = "exchange.harvest.manage"
_KEY = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
_MOST_HOURS = 24 * 31


@command(operation=MANAGE)
def add_harvest_source(
    *,
    actor: Actor,
    at: datetime,
    key: str,
    title: Text,
    protocol: Literal["dcat", "ckan"],
    url: str,
    every_hours: int,
) -> HarvestSourceInfo:
    """Add a source; the worker reads it within a minute. Of two sources that list the same the older counts.

    Raises:
        SourceRefused: the key is malformed or taken, or the address is none that is read.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"harvest:{key[:40]}")
    refused = refuse_address(url)
    if not _KEY.match(key) or HarvestSource.objects.filter(key=key).exists():
        refused = Text("代码有误或已被使用", "the key is malformed or taken")
    elif not title.zh.strip() or not title.en.strip():
        refused = Text("名称须有中英文", "the title is needed in both languages")
    elif not 1 <= every_hours <= _MOST_HOURS:
        refused = Text("间隔应为1至744小时", "it is read every 1 to 744 hours")
    if refused is not None:
        raise SourceRefused(reason=refused)
    row = HarvestSource.objects.create(
        key=key,
        title=title.as_dict(),
        protocol=protocol,
        url=url[:500],
        every_hours=every_hours,
        added_at=at,
        due_at=at,
    )
    note(protocol=protocol)
    return source_info(row)


@command(operation=MANAGE)
def stop_harvest_source(*, actor: Actor, at: datetime, key: str) -> HarvestSourceInfo:
    """Read a source no longer and take its entries out of the catalogue.

    Raises:
        SourceNotFound: there is none, or it is stopped already.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"harvest:{key[:40]}")
    row = HarvestSource.objects.select_for_update().filter(key=key, stopped_at=None).first()
    if row is None:
        raise SourceNotFound(source=key[:40])
    row.stopped_at, row.due_at = at, None
    row.save(update_fields=["stopped_at", "due_at"])
    gone, _ = CatalogueEntry.objects.filter(origin=Origin.EXTERNAL.value, source=key).delete()
    note(removed=gone)
    return source_info(row)
