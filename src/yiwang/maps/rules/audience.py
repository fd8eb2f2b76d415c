"""Whether a reader belongs to those for whom a layer is."""

from __future__ import annotations

from yiwang.maps.definitions import Audience, LayerDefinition
from yiwang.platform.contracts import Actor


def is_meant_for(audience: Audience, actor: Actor | None) -> bool:
    """Whether a layer is for a reader; what he sees of it is for its register to say."""
    if audience.kind == "readers":
        return True
    if actor is None or actor.kind == "citizen":
        return False
    return audience.kind == "officers" or actor.organisation in audience.organisations


def withheld_from(layer: LayerDefinition, actor: Actor | None) -> frozenset[str]:
    """Fields that a layer keeps for organisations to which a reader does not belong."""
    own = actor.organisation if actor is not None and actor.kind != "citizen" else ""
    return frozenset(
        field.name for field in layer.fields if field.organisations and own not in field.organisations
    )
