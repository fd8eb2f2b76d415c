"""Uploads that nobody goes on with: their files hold people's data and lie about no longer than a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yiwang.kernel.text import Text
from yiwang.registers.contracts import IntakeState
from yiwang.registers.loading.arrival import forget_strangers, put_away, touched
from yiwang.registers.models import Intake

KEPT = timedelta(days=1)
_NOT_BEGUN = (IntakeState.RECEIVING, IntakeState.MAPPING)
_ENDED = (IntakeState.DONE, IntakeState.REFUSED)
_ABANDONED = Text(
    "一天内没有继续上传，文件已删除。请重新导入。",
    "Nothing more came for a day, so the file was deleted. Load it again.",
)


def drop_abandoned_uploads(at: datetime) -> int:
    """End uploads of which nothing came for a day, and delete what belongs to no load; gives how many files.

    A load that waits for the worker is none of them, however long it waits.
    """
    before = (at - KEPT).timestamp()
    with transaction.atomic():
        waiting = Intake.objects.select_for_update(skip_locked=True).filter(
            state__in=_NOT_BEGUN, asked_at__lte=at - KEPT
        )
        old = [row for row in waiting if touched(row.file) < before]
        for row in old:
            row.state = IntakeState.REFUSED
            row.refusal = {"zh": _ABANDONED.zh, "en": _ABANDONED.en}
            row.save(update_fields=["state", "refusal"])
    for row in old:
        put_away(row.file)
    known = set(Intake.objects.exclude(state__in=_ENDED).values_list("file", flat=True))
    return len(old) + forget_strangers(known, before=before)
