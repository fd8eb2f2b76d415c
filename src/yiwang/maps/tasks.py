"""The jobs of maps: they run at least once, so each looks first whether its work is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.maps.analysis import api
from yiwang.platform.retrying import UntilDone


@app.task(name="yiwang.maps.make_long_study", retry=UntilDone())
def make_long_study(*, study: int) -> None:
    """Make a study of a layer that its asker doesn't wait for."""
    api.make_long_study(study=study, at=timezone.now())
