"""The jobs of the exchange."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.exchange import api


@app.task(name="yiwang.exchange.harvest", retry=2)
def harvest(*, source: str) -> None:
    """Read another catalogue."""
    api.harvest_due(source, at=timezone.now())
