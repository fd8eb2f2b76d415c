"""Save a form that is being filled in (E3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.cases.contracts.errors import DraftMovedOn, ThingNotFound
from yiwang.cases.contracts.lists import DraftView
from yiwang.cases.models import Draft
from yiwang.cases.queries.personal import DRAFT, draft_view
from yiwang.cases.queries.types import case_type
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, Scope


@command(operation="cases.draft.save")
def save_draft(
    *,
    actor: Actor,
    at: datetime,
    type_code: str,
    answers: Mapping[str, Json],
    files: Mapping[str, int] | None = None,
    page: str = "",
    draft_id: int | None = None,
    expected_version: int | None = None,
) -> DraftView:
    """Begin a draft, or save one again. Answers may be incomplete or wrong: they are judged on submission.

    Raises:
        ThingNotFound: no such draft of this account.
        DraftMovedOn: it was saved elsewhere in the meantime.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"type:{type_code}")
    kind = case_type(type_code)
    if draft_id is None:
        row = Draft(
            account_id=actor.account_id or 0, entity_id=actor.for_entity, type_code=type_code, started_at=at
        )
    else:
        found = (
            Draft.objects.select_for_update().filter(pk=draft_id, account_id=actor.account_id or 0).first()
        )
        if found is None:
            raise ThingNotFound(thing=DRAFT)
        row = found
        if expected_version is not None and row.version != expected_version:
            raise DraftMovedOn
        row.version += 1
    row.type_version, row.answers, row.page, row.saved_at = kind.version, dict(answers), page, at
    if files is not None:
        row.files = dict(files)
    row.save()
    return draft_view(row)
