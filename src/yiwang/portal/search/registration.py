"""What the search registers at start: the catalogue of services as its first source.

Nothing that indexes is imported here: web processes come through, and pypinyin stays with the worker.
"""

from __future__ import annotations

from yiwang.portal.search.contracts import SOURCES
from yiwang.portal.search.sources.notices import NoticeSource
from yiwang.portal.search.sources.services import ServiceSource


def register() -> None:
    """Run once, when all apps are ready."""
    SOURCES.register("service", ServiceSource())
    SOURCES.register("notice", NoticeSource())
