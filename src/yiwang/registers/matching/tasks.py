"""The job of matching."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.registers.matching import api


@app.task(name="yiwang.registers.match_lists", retry=2)
def match_lists(*, run_id: int) -> None:
    """Match the lists of a run that was asked for."""
    api.perform_run(run_id=run_id, now=timezone.now)
