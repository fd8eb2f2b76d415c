"""Delete files of addresses whose time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.maps.addresses.batches.contracts import BatchState
from yiwang.maps.addresses.batches.keeping import put_away
from yiwang.maps.addresses.models import AddressBatch


@transaction.atomic
def drop_old_batches(at: datetime) -> int:
    """Delete file, result and the rows to look at; gives how many batches."""
    old = AddressBatch.objects.select_for_update(skip_locked=True).filter(kept_until__lte=at)
    found = list(old.exclude(state=BatchState.DELETED)[:100])
    for row in found:
        put_away(row, also_result=True)
        row.state, row.to_look = BatchState.DELETED, []
        row.save(update_fields=["state", "to_look"])
    return len(found)
