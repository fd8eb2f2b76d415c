"""What the catalogue registers at start: its operations, the ways to a resource."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.exchange.catalogue.indexing import refresh
from yiwang.exchange.catalogue.items import look_up_link
from yiwang.exchange.providers import LINKS
from yiwang.exchange.queries.harvests import due_sources
from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare

#: Name of the job that reads a source; ``tasks.py`` defines it.
_HARVEST = "yiwang.exchange.harvest"
_OFFICERS = frozenset({"handler", "reviewer", "approver"})


def register_catalogue() -> None:
    """Run once, when all apps are ready."""
    declare(
        "exchange.release.prepare", Text("编制开放数据", "Prepare a release of open data"), roles=_OFFICERS
    )
    declare(
        "exchange.release.sign",
        Text("签发或撤回开放数据", "Sign or withdraw open data"),
        roles=frozenset({"approver"}),
    )
    declare(
        "exchange.harvest.manage", Text("管理目录收集", "Manage harvesting"), roles=frozenset({"city_admin"})
    )
    declare("exchange.harvest.record", Text("登记目录收集", "Record a harvest"), roles={"system"})
    LINKS.register("look_up", look_up_link)
    repeat("exchange.catalogue", refresh, seconds=300)
    repeat("exchange.harvest", ask_for_due, seconds=60)


def ask_for_due(at: datetime) -> int:
    """Ask for a job for each source that is due; one that waits or runs already is not asked for twice."""
    asked = 0
    for key in due_sources(at, most=20):
        try:
            jobs.configure_task(_HARVEST, queueing_lock=f"harvest:{key}", lock=f"harvest:{key}").defer(
                source=key
            )
        except AlreadyEnqueued:
            continue
        asked += 1
    return asked
