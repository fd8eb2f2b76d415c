"""Publish a layer: at once on the map, in tiles, and wherever layers are listed; no data is copied.

One officer is enough: a layer never shows a reader more than the register's own list does.
"""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.errors import DefinitionRefused
from yiwang.maps.making.cataloguing import catalogue_layer
from yiwang.maps.making.contracts import LayerUnchanged, PublishedLayer
from yiwang.maps.making.queries.drafts import KIND, MAKE, next_number
from yiwang.maps.making.saving import account_of, open_draft, or_refuse
from yiwang.maps.models import LayerDraft, LayerVersion
from yiwang.packs.api import carry_out_plan, keep_drawn, plan_of_one, read_drawn
from yiwang.platform.command import command, note
from yiwang.platform.contracts import Actor
from yiwang.registers.api import as_text


@command(operation=MAKE)
def publish_layer(*, actor: Actor, at: datetime, draft: int, version: int) -> PublishedLayer:
    """Publish it as the next version, and end the draft.

    Raises:
        InvalidInput: it does not stand against the register as it is now.
        LayerUnchanged: it says what is published already.
        LayerDraftNotFound, LayerDraftChanged
    """
    row, account = open_draft(actor, draft, version), account_of(actor)
    content = or_refuse(actor, row.content)
    found, problems = read_drawn(KIND, row.code, as_text(content))
    if found is None:
        raise DefinitionRefused(problems=tuple(problems))
    plan = plan_of_one(KIND, row.code, found)
    if plan.is_empty:
        raise LayerUnchanged
    carry_out_plan(plan, at=at, account_id=account, allow_destructive=False)
    keep_drawn(found, owner=row.owner, at=at, account_id=account)
    number = next_number(row.code)
    LayerVersion.objects.create(
        code=row.code, number=number, owner=row.owner, content=content, at=at, account_id=account
    )
    catalogue_layer(row.code)
    row.state, row.ended_at, row.ended_by = LayerDraft.PUBLISHED, at, account
    row.save(update_fields=["state", "ended_at", "ended_by"])
    note(layer=row.code, number=number)
    return PublishedLayer(code=row.code, number=number)
