"""What batches and callbacks register at start."""

from __future__ import annotations

from yiwang.exchange.batches.commands.end_job import drop_old_jobs
from yiwang.exchange.callbacks.delivering import send_due
from yiwang.platform.loops import repeat


def register_callbacks() -> None:
    """The loops: deliveries that are due, files whose time is over."""
    repeat("exchange.deliveries", send_due, seconds=2.0)
    repeat("exchange.old_jobs", drop_old_jobs, seconds=600.0)
