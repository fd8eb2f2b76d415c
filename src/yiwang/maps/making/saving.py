"""What every act on a draft of a layer shares: it is locked, permitted, seen as it stands, and saved once."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from yiwang.kernel.errors import InvalidInput
from yiwang.maps.making.contracts import LayerDraftNotFound, Part, SavedLayer
from yiwang.maps.making.queries.checking import check_layer
from yiwang.maps.making.queries.drafts import find_draft, reaches, refuse_stale
from yiwang.maps.models import LayerDraft
from yiwang.platform.command import note, permit
from yiwang.platform.contracts import Actor, Json, Scope


def open_draft(actor: Actor, draft: int, version: int) -> LayerDraft:
    """The draft for an act of whoever may; another organisation's looks like none.

    Raises:
        LayerDraftNotFound, LayerDraftChanged
    """
    row = find_draft(draft, lock=True)
    if not reaches(actor, row.owner):
        raise LayerDraftNotFound
    permit(Scope(organisations=(row.owner,)), subject=f"layer:{row.code}")
    refuse_stale(row, version)
    return row


def or_refuse(actor: Actor, data: Part) -> dict[str, Json]:
    """The definition as it is kept.

    Raises:
        InvalidInput: it is none that this officer may make; each problem names its part.
    """
    layer, problems = check_layer(actor, data)
    if layer is None:
        raise InvalidInput(problems=problems)
    return kept(layer)


def kept(layer: BaseModel) -> dict[str, Json]:
    """A definition, or a part of one, as it is kept and written: without what goes without saying."""
    found: dict[str, Json] = layer.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return found


def save(row: LayerDraft, content: dict[str, Json], *, actor: Actor, at: datetime) -> SavedLayer:
    """Save a definition; the same one again is no new version, and nobody's work."""
    if content != row.content:
        row.content, row.version = content, row.version + 1
        row.saved_at, row.saved_by = at, account_of(actor)
        row.save(update_fields=["content", "version", "saved_at", "saved_by"])
    note(layer=row.code, version=row.version)
    return SavedLayer(draft=row.pk, version=row.version)


def account_of(actor: Actor) -> int:
    """The account that answers for an act; machines make no layers.

    Raises:
        LayerDraftNotFound: the actor has none.
    """
    if actor.account_id is None:
        raise LayerDraftNotFound
    return actor.account_id
