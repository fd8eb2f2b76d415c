"""The whole application, which also knows the kind of the articles that ``bench search`` made."""

from __future__ import annotations

from benchmarks.documents import ARTICLES, Articles

from yiwang.portal.search.api import SOURCES
from yiwang.server.wsgi import application

SOURCES.register(ARTICLES, Articles(0))
__all__ = ["application"]
