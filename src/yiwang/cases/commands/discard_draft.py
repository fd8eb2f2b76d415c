"""Discard a draft."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.models import Draft
from yiwang.cases.queries.personal import DRAFT
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="cases.draft.discard")
def discard_draft(*, actor: Actor, at: datetime, draft_id: int) -> None:
    """Delete an own draft, or raise ThingNotFound."""
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"draft:{draft_id}")
    deleted, _ = Draft.objects.filter(pk=draft_id, account_id=actor.account_id or 0).delete()
    if not deleted:
        raise ThingNotFound(thing=DRAFT)
