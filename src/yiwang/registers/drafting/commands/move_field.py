"""Move a field of a draft up or down."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command
from yiwang.platform.contracts import Actor
from yiwang.registers.drafting.contracts import Saved
from yiwang.registers.drafting.queries.drafts import EDIT, content_of
from yiwang.registers.drafting.rules.content import moved
from yiwang.registers.drafting.saving import open_draft, save_data


@command(operation=EDIT)
def move_field(*, actor: Actor, at: datetime, draft: int, version: int, field: int, up: bool) -> Saved:
    """Change places with the field above or below.

    Raises:
        FieldNotFound, DraftNotFound, DraftChanged: as for every edit.
    """
    row = open_draft(draft, version)
    data = content_of(row.text)
    return save_data(row, moved(data, field, up=up), actor=actor, at=at)
