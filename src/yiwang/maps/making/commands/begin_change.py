"""Begin the next version of a layer that one's organisation made; of a withdrawn one, to publish it again."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.making.commands.begin_layer import opened
from yiwang.maps.making.contracts import LayerNotMade, SavedLayer
from yiwang.maps.making.queries.drafts import MAKE, list_layer_versions
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation=MAKE)
def begin_change(*, actor: Actor, at: datetime, layer: str, number: int | None = None) -> SavedLayer:
    """Give a draft that says what a version said; the latest unless ``number`` names another.

    Raises:
        LayerNotMade: the organisation made no such layer or version.
        LayerCodeTaken: there is an open draft of it.
    """
    versions = list_layer_versions(actor=actor, layer=layer)
    found = versions[0] if number is None else next((one for one in versions if one.number == number), None)
    if found is None:
        raise LayerNotMade(layer=layer)
    permit(Scope(organisations=(found.owner,)), subject=f"layer:{layer}")
    return opened(layer, found.owner, dict(found.content), actor=actor, at=at)
