"""What the worker repeats for situations; its own door, which web processes and simulated days don't take."""

from __future__ import annotations

from django.conf import settings

from yiwang.insight.situations.demonstration import measure_again
from yiwang.insight.situations.following import follow, look_again
from yiwang.platform.loops import repeat


def register_standing_loops() -> None:
    """Run once, in the worker."""
    repeat("situations.following", follow, seconds=0.5)
    repeat("situations.looking_again", look_again, seconds=60.0)
    if settings.YIWANG_DEMONSTRATION:
        repeat("situations.demonstration", measure_again, seconds=300.0)
