"""What a search on the map finds: features by their names, and for offices addresses by their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.addresses.api import addresses_at, find_address, may_locate
from yiwang.maps.addresses.contracts import Found
from yiwang.platform.contracts import Actor
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.language import current_language

_ADDRESS = Text("标准地址", "Standard address")
_NEAR, _DOOR = "15", "18"
_MOST_ADDRESSES = 5
_BESIDE = 100.0
#: Searches a second from one address, in each web process.
_pace = Pace(5)
_TOO_FAST = Text("查询太频繁，请稍后再试。", "Too many searches. Try again in a moment.")
_NOT_WHOLE = Text(
    "查找用时过长，有的图层没有查完；名称写得长一些会更快。",
    "Looking took too long and not every layer was searched; a longer name is found faster.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of what was found; ``at`` is where the map goes, ``layer`` what it shows there."""

    name: str
    kind: Text
    at: str
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Lines of a search, and what is to be said of it where it is not whole."""

    lines: tuple[Place, ...]
    problem: Text | None = None


def places_found(request: HttpRequest, layers: Sequence[api.ReadLayer], text: str) -> Places:
    """Features first, then addresses, whose points are internal to the city's offices."""
    if not text:
        return Places(lines=())
    if _pace.take(request):
        return Places(lines=(), problem=_TOO_FAST)
    actor = find_actor(request)
    search = api.features_named(layers, text, current_language())
    found = [
        Place(
            name=each.name, kind=each.title, layer=each.layer, at=f"{_NEAR}/{each.latitude}/{each.longitude}"
        )
        for each in search.found
    ]
    if actor is not None and may_locate(actor):
        found += [
            Place(name=each.full, kind=_ADDRESS, at=f"{_DOOR}/{each.latitude:.6f}/{each.longitude:.6f}")
            for each in find_address(text, most=_MOST_ADDRESSES)
            if each.latitude is not None and each.longitude is not None
        ]
    return Places(lines=tuple(found), problem=None if search.is_whole else _NOT_WHOLE)


def address_at(actor: Actor | None, box: api.Box) -> Found | None:
    """The standard address nearest to the middle of a box, within 100 m; for offices that see points."""
    if actor is None or not may_locate(actor):
        return None
    west, south, east, north = box
    return next(iter(addresses_at((west + east) / 2, (south + north) / 2, metres=_BESIDE, most=1)), None)
