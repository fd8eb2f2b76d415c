"""Take a field out of a draft; a published one leaves a tombstone, so that its id is not used again."""

from __future__ import annotations

from datetime import datetime

from yiwang.packs.api import find_drawn
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor
from yiwang.registers.drafting.contracts import Saved
from yiwang.registers.drafting.queries.drafts import EDIT, KIND, content_of, published_of
from yiwang.registers.drafting.rules.content import without_field
from yiwang.registers.drafting.saving import open_draft, save_data


@command(operation=EDIT)
def drop_field(*, actor: Actor, at: datetime, draft: int, version: int, field: int) -> Saved:
    """Take it out.

    Raises:
        FieldNotFound, DraftNotFound, DraftChanged: as for every edit.
    """
    row = open_draft(draft, version)
    data = content_of(row.text)
    _, published = published_of(row.code)
    names = {one.id: one.name for one in published.fields} if published is not None else {}
    drawn = find_drawn(KIND, row.code, retired=True)
    since = f"{drawn.revision + 1 if drawn is not None else 1}.0.0"
    return save_data(row, without_field(data, field, published=names, since=since), actor=actor, at=at)
