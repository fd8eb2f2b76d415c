"""Whether a reader belongs to those for whom a layer is."""

from __future__ import annotations

from yiwang.maps.definitions import Audience
from yiwang.platform.contracts import Actor


def is_meant_for(audience: Audience, actor: Actor | None) -> bool:
    """Whether a layer is for a reader; what he sees of it is for its register to say."""
    if audience.kind == "readers":
        return True
    if actor is None or actor.kind == "citizen":
        return False
    return audience.kind == "officers" or actor.organisation in audience.organisations
