"""The jobs of publishing."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.portal.publishing.api import TRY_LINKS, try_due


@app.task(name=TRY_LINKS, retry=3)
def try_links() -> None:
    """Try the outside addresses that are due."""
    try_due(timezone.now())
