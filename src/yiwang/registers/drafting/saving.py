"""What every act that edits a draft shares: it is locked, permitted, seen as it stands, and saved once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.api import parse_yaml
from yiwang.platform.command import note, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.drafting.contracts import DraftNotFound, Saved
from yiwang.registers.drafting.queries.drafts import find_draft, refuse_stale
from yiwang.registers.drafting.rules.writing import as_text
from yiwang.registers.models import RegisterDraft


def open_draft(draft: int, version: int) -> RegisterDraft:
    """The draft for an edit by whoever may.

    Raises:
        DraftNotFound: there is none, or it only ends a register and has nothing to edit.
        DraftChanged: somebody saved it since it was looked at.
    """
    row = find_draft(draft, lock=True)
    permit(Scope(organisations=(row.owner,)), subject=f"register_draft:{row.pk}")
    if row.aim != RegisterDraft.DEFINE:
        raise DraftNotFound
    refuse_stale(row, version)
    return row


def save_data(row: RegisterDraft, data: Mapping[str, Json], *, actor: Actor, at: datetime) -> Saved:
    """Save the definition as data.

    Raises:
        DefinitionRefused: a text of it is none that a definition can hold.
    """
    text = as_text(data)
    problems = parse_yaml(text.encode(), row.code).problems
    if problems:
        raise DefinitionRefused(problems=tuple(problems))
    return save(row, text, actor=actor, at=at)


def save(row: RegisterDraft, text: str, *, actor: Actor, at: datetime) -> Saved:
    """Save a text; the same one again is no new version, and nobody's work."""
    if text != row.text:
        row.text, row.version = text, row.version + 1
        row.saved_at, row.saved_by = at, account_of(actor)
        row.save(update_fields=["text", "version", "saved_at", "saved_by"])
    note(register=row.code, version=row.version)
    return Saved(draft=row.pk, version=row.version)


def account_of(actor: Actor) -> int:
    """The account that answers for an edit; machines draw up nothing.

    Raises:
        DraftNotFound: the actor has none.
    """
    if actor.account_id is None:
        raise DraftNotFound
    return actor.account_id
