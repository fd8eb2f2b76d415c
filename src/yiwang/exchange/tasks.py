"""The jobs of the exchange: they run at least once, so each looks first whether its work is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.exchange import api
from yiwang.exchange.batches import api as batches
from yiwang.exchange.callbacks import api as callbacks
from yiwang.platform.retrying import UntilDone


@app.task(name="yiwang.exchange.harvest", retry=2)
def harvest(*, source: str) -> None:
    """Read another catalogue."""
    api.harvest_due(source, at=timezone.now())


@app.task(name="yiwang.exchange.answer_job", retry=UntilDone())
def answer_job(*, code: str) -> None:
    """Answer the keys of a job; a full disk is waited for, a refusal ends it."""
    batches.answer_job(code=code, now=timezone.now)


@app.task(name="yiwang.exchange.send_delivery")
def send_delivery(*, delivery: int) -> None:
    """Tell a department's system; what was not heard is sent again by the loop of due deliveries."""
    callbacks.send_delivery(delivery, at=timezone.now())
