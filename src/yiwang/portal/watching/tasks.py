"""The jobs of the watch."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.portal.watching.api import PROBE_SITES, probe_due


@app.task(name=PROBE_SITES, retry=3)
def probe_sites() -> None:
    """Try the first pages that are due."""
    probe_due(timezone.now())
