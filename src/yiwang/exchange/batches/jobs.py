"""A job from its first key to its last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from yiwang.exchange.batches.commands.answer_part import answer_part
from yiwang.exchange.batches.commands.end_job import end_job
from yiwang.exchange.batches.contracts import JobState
from yiwang.exchange.batches.queries import asker_of, is_open, parts_of
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import StorageFull


def answer_job(*, code: str, now: Callable[[], datetime]) -> JobState | None:
    """Answer part after part; None when it ended before. Run again after a death it goes on where it was.

    Raises:
        StorageFull: the disk has no room; the worker tries again later.
    """
    if not is_open(code):
        return None
    actor = asker_of(code)
    for number in parts_of(code):
        try:
            answer_part(actor=actor, at=now(), code=code, number=number)
        except StorageFull:
            raise
        except YiwangError as refusal:
            return end_job(at=now(), code=code, refusal=refusal)
    return end_job(at=now(), code=code)
