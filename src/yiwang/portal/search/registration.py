"""What the search registers at start: the sources that it knows itself, and the facts that it listens to.

Nothing that indexes is imported here: web processes come through, and pypinyin stays with the worker.
"""

from __future__ import annotations

from yiwang.platform.outbox import subscribe
from yiwang.portal.search.contracts import SOURCES
from yiwang.portal.search.sources.datasets import DatasetSource
from yiwang.portal.search.sources.licences import LicenceSource
from yiwang.portal.search.sources.notices import NoticeSource
from yiwang.portal.search.sources.pages import KIND, PageSource, hear_of_group, hear_of_page
from yiwang.portal.search.sources.services import ServiceSource


def register() -> None:
    """Run once, when all apps are ready."""
    SOURCES.register("service", ServiceSource())
    SOURCES.register("dataset", DatasetSource())
    SOURCES.register("licence", LicenceSource())
    SOURCES.register(KIND, PageSource())
    SOURCES.register("notice", NoticeSource())
    subscribe("sites.page_published", "search", hear_of_page)
    subscribe("sites.page_withdrawn", "search", hear_of_page)
    subscribe("sites.group_loaded", "search", hear_of_group)
