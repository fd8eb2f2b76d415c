"""The jobs of openness: they run at least once, so each looks first whether its work is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import StorageFull
from yiwang.platform.retrying import UntilDone
from yiwang.portal.openness import importing


@app.task(name="yiwang.portal.openness.read_batch", retry=UntilDone())
def read_batch(*, batch: int) -> None:
    """Read a package of earlier years, from where a killed worker left it."""
    at = timezone.now()
    try:
        importing.read_batch(batch, at=at)
    except StorageFull:
        raise
    except YiwangError as refusal:
        importing.refuse_batch(batch, reason=refusal.sentence, at=at)
