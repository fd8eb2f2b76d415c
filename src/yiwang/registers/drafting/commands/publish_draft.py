"""Publish a draft: its tables are made or changed as an apply of packs would, by a second pair of eyes."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.api import carry_out_plan, keep_drawn, retire_drawn
from yiwang.packs.contracts import Change, Plan
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.drafting.contracts import LosesData, NothingToPublish, Published, SavedByPublisher
from yiwang.registers.drafting.queries.checking import check_draft
from yiwang.registers.drafting.queries.drafts import KIND, PUBLISH, find_draft, refuse_stale, view_of
from yiwang.registers.models import Register, RegisterDraft


@command(operation=PUBLISH)
def publish_draft(
    *, actor: Actor, at: datetime, draft: int, version: int, allow_destructive: bool = False
) -> Published:
    """Publish, or retire, and end the draft.

    Raises:
        SavedByPublisher: the actor saved the draft last.
        DraftNotFound, DraftChanged: as for every edit.
        DefinitionRefused: it does not stand against what is applied; every problem is listed.
        NothingToPublish: it says what is published already.
        LosesData: a step loses data and that was not confirmed.
        ExistingRowsBreakRule: entries break a tighter rule.
    """
    row = find_draft(draft, lock=True)
    permit(Scope(organisations=(row.owner,)), subject=f"register:{row.code}")
    if actor.account_id is None or actor.account_id == row.saved_by:
        raise SavedByPublisher
    refuse_stale(row, version)
    change = _change(row, allow_destructive=allow_destructive)
    plan = Plan(changes=(change,))
    carry_out_plan(plan, at=at, account_id=actor.account_id, allow_destructive=allow_destructive)
    if change.wanted is not None:
        keep_drawn(change.wanted, owner=row.owner, at=at, account_id=actor.account_id)
    else:
        retire_drawn(KIND, row.code, at=at, account_id=actor.account_id)
    row.state, row.ended_at, row.ended_by = RegisterDraft.PUBLISHED, at, actor.account_id
    row.save(update_fields=["state", "ended_at", "ended_by"])
    revision = Register.objects.get(code=row.code).revision
    note(draft=row.pk, revision=revision)
    return Published(register=row.code, revision=revision)


def _change(row: RegisterDraft, *, allow_destructive: bool) -> Change:
    checked = check_draft(code=row.code, owner=row.owner, aim=view_of(row).aim, text=row.text)
    if checked.problems:
        raise DefinitionRefused(problems=checked.problems)
    if checked.change is None:
        raise NothingToPublish
    if checked.change.is_destructive and not allow_destructive:
        raise LosesData(what="; ".join(step.text.en for step in checked.change.steps if step.destructive))
    return checked.change
