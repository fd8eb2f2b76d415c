"""Drop a draft; what is published stays as it is."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.making.queries.drafts import MAKE
from yiwang.maps.making.saving import open_draft
from yiwang.maps.models import LayerDraft
from yiwang.platform.command import command, note
from yiwang.platform.contracts import Actor


@command(operation=MAKE)
def drop_draft(*, actor: Actor, at: datetime, draft: int, version: int) -> None:
    """End it; what it said stays on record.

    Raises:
        LayerDraftNotFound, LayerDraftChanged
    """
    row = open_draft(actor, draft, version)
    row.state, row.ended_at, row.ended_by = LayerDraft.DROPPED, at, actor.account_id
    row.save(update_fields=["state", "ended_at", "ended_by"])
    note(layer=row.code)
