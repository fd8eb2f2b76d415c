"""The jobs of addresses: they run at least once, so each looks first whether its work is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.maps.addresses.batches import api
from yiwang.platform.retrying import UntilDone


@app.task(name="yiwang.maps.addresses.find_batch", retry=UntilDone())
def find_batch(*, batch: int) -> None:
    """Compare the addresses of a file, from where a killed worker left it."""
    api.find_batch(batch=batch, at=timezone.now())
