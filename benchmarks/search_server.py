"""The whole application, which also knows the kind of the articles that ``bench search`` made."""

from __future__ import annotations

import django

django.setup()

from benchmarks.documents import ARTICLES, Articles  # noqa: E402 - Django first

from yiwang.portal.search.api import SOURCES  # noqa: E402
from yiwang.server.wsgi import application  # noqa: E402

SOURCES.register(ARTICLES, Articles(0))
__all__ = ["application"]
