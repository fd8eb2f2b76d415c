"""Withdraw a draft; what is published stays as it is."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.drafting.queries.drafts import EDIT, find_draft, refuse_stale
from yiwang.registers.models import RegisterDraft


@command(operation=EDIT)
def withdraw_draft(*, actor: Actor, at: datetime, draft: int, version: int) -> None:
    """End it; its text stays.

    Raises:
        DraftNotFound, DraftChanged: as for every edit.
    """
    row = find_draft(draft, lock=True)
    permit(Scope(organisations=(row.owner,)), subject=f"register_draft:{row.pk}")
    refuse_stale(row, version)
    row.state, row.ended_at, row.ended_by = RegisterDraft.WITHDRAWN, at, actor.account_id
    row.save(update_fields=["state", "ended_at", "ended_by"])
    note(register=row.code)
