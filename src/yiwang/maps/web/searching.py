"""What a search on the map finds: features by their names, and for offices addresses by their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.addresses.api import find_address, may_locate
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import current_language

_ADDRESS = Text("标准地址", "Standard address")
_NEAR, _DOOR = "15", "18"
_MOST_ADDRESSES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of what was found; ``at`` is where the map goes, ``layer`` what it shows there."""

    name: str
    kind: Text
    at: str
    layer: str = ""


def places_found(actor: Actor | None, layers: Sequence[api.ReadLayer], text: str) -> tuple[Place, ...]:
    """Features first, then addresses, whose points are internal to the city's offices."""
    found = [
        Place(
            name=each.name, kind=each.title, layer=each.layer, at=f"{_NEAR}/{each.latitude}/{each.longitude}"
        )
        for each in api.features_named(layers, text, current_language())
    ]
    if text and actor is not None and may_locate(actor):
        found += [
            Place(name=each.full, kind=_ADDRESS, at=f"{_DOOR}/{each.latitude:.6f}/{each.longitude:.6f}")
            for each in find_address(text, most=_MOST_ADDRESSES)
            if each.latitude is not None and each.longitude is not None
        ]
    return tuple(found)
