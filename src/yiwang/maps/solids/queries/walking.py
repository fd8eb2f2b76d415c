"""What somebody on foot has before him: the nearest address, and the building that he looks at."""

from __future__ import annotations

import math

from yiwang.kernel.text import Language
from yiwang.maps.addresses.api import addresses_at, may_locate
from yiwang.maps.solids.contracts import Place, Stance, Standing
from yiwang.maps.solids.queries.sighting import look
from yiwang.maps.solids.rules.compass import GREAT_CIRCLE, moved
from yiwang.platform.contracts import Actor

#: Metres above ground of the eyes of somebody who walks.
EYE = 1.7
#: Metres that are looked ahead, and beside which an address is near.
AHEAD, _BESIDE = 300.0, 60.0


def stand(actor: Actor | None, layer: str, stance: Stance, language: Language) -> Standing:
    """Tell where somebody stands and what he looks at, level, as far as this reader may know.

    Raises:
        LayerNotFound, NoSolids, TooManyBuildings, TimeLimitReached, RasterBusy: as :func:`look`.
    """
    at, far = stance.at, moved(stance.at, stance.bearing, AHEAD)
    sighted = look(actor, layer, (*at, EYE), (*far, EYE), language)
    may = actor is not None and may_locate(actor)
    near = addresses_at(*at, metres=_BESIDE, most=1) if may else ()
    return Standing(
        stance=stance,
        address=near[0].full if near else "",
        ahead=sighted.name if sighted.entry is not None else "",
        metres=_metres(at, sighted.at[:2]) if sighted.at else None,
    )


def _metres(one: Place, other: Place) -> float:
    east = (other[0] - one[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, other[1] - one[1]) * GREAT_CIRCLE
