"""The jobs of insight."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.insight import api


@app.task(name="yiwang.insight.make_report", retry=3)
def make_report(*, report_id: int) -> None:
    """Make a monthly report that was asked for."""
    api.make_report(report_id=report_id, at=timezone.now())
