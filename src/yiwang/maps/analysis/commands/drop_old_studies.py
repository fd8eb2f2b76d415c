"""Delete the results of studies whose time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.maps.analysis.contracts import LongState
from yiwang.maps.models import LongStudy


@transaction.atomic
def drop_old_studies(at: datetime) -> int:
    """Delete rows and refusals; gives of how many studies."""
    old = LongStudy.objects.select_for_update(skip_locked=True).filter(kept_until__lte=at)
    found = list(old.exclude(state=LongState.DELETED)[:100])
    for row in found:
        row.state, row.result, row.refusal = LongState.DELETED, {}, {}
        row.save(update_fields=["state", "result", "refusal"])
    return len(found)
