"""Jobs of cases; the worker runs them, at least once each, so they look first whether it is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.cases import api
from yiwang.platform.contracts import Actor
from yiwang.platform.retrying import UntilDone


@app.task(name="yiwang.cases.make_letter", retry=UntilDone())
def make_letter(letter_id: int) -> None:
    """Make a letter or licence that an act asked for."""
    api.make_letter(actor=Actor.system("letters"), at=timezone.now(), letter_id=letter_id)
