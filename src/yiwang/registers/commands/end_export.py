"""An export that could not be made, and files whose time is over."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

from django.db import transaction

from yiwang.kernel.text import Text
from yiwang.registers.models import Export
from yiwang.registers.queries.exports import WHILE_WAITING, folder

#: A file that is made while its reader waits takes half a minute at most.
_LEFT_BEHIND = timedelta(hours=1)


def refuse_export(*, export_id: int, reason: Text) -> None:
    """Say on the asker's page why there is no file; the refusal itself is in the journal."""
    Export.objects.filter(pk=export_id).exclude(state="done").update(
        state="refused", refusal={"zh": reason.zh, "en": reason.en}
    )


def drop_old_exports(at: datetime) -> int:
    """Delete files that were kept long enough, and what killed processes left; gives how many files."""
    with transaction.atomic():
        old = list(
            Export.objects.select_for_update(skip_locked=True).filter(kept_until__lte=at, state="done")
        )
        for row in old:
            (folder() / row.file).unlink(missing_ok=True)
        Export.objects.filter(pk__in=[row.pk for row in old]).update(state="deleted", file="")
    for left in folder().glob(f"{WHILE_WAITING}*"):
        if at.timestamp() - left.stat().st_mtime > _LEFT_BEHIND.total_seconds():
            shutil.rmtree(left, ignore_errors=True)
    return len(old)
