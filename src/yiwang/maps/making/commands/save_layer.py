"""Save a part of what a draft says of its layer."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.making.contracts import Part, SavedLayer
from yiwang.maps.making.queries.drafts import MAKE
from yiwang.maps.making.rules.parts import with_part
from yiwang.maps.making.saving import open_draft, or_refuse, save
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation=MAKE)
def save_layer(*, actor: Actor, at: datetime, draft: int, version: int, part: Part) -> SavedLayer:
    """Put the parts; code and register stay as they were begun, and null takes a part away.

    Raises:
        InvalidInput: the whole would be no layer that this officer may make; nothing is saved.
        LayerDraftNotFound, LayerDraftChanged
    """
    row = open_draft(actor, draft, version)
    return save(row, or_refuse(actor, with_part(row.content, part)), actor=actor, at=at)
