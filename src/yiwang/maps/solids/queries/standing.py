"""The ground that a line of sight goes over, and that buildings stand on."""

from __future__ import annotations

import math

from yiwang.kernel.text import Text
from yiwang.maps.rasters import api as rasters
from yiwang.maps.solids.contracts import Block, Building, Place
from yiwang.maps.solids.rules.sight import Ground
from yiwang.platform.contracts import Actor

#: Pieces of the line, each at least a pixel of zoom 15 long (4.4 m here).
_MOST_PIECES, _PIECE = 512, 4.4


def ground_along(
    actor: Actor | None,
    eye: tuple[float, float, float],
    far: tuple[float, float, float],
    metres: float,
    block: Block,
) -> tuple[Ground, Text] | None:
    """Heights along a line and below a block's buildings, and what they are called.

    None where this reader sees no heights of all of it: half a slope would hide what is seen.

    Raises:
        RasterBusy
    """
    pieces = max(1, min(_MOST_PIECES, math.ceil(metres / _PIECE)))
    shares = [number / pieces for number in range(pieces + 1)]
    line = [(eye[0] + (far[0] - eye[0]) * share, eye[1] + (far[1] - eye[1]) * share) for share in shares]
    middles = [_middle(each) for each in block.buildings]
    known = rasters.ground_heights(actor, line + middles)
    if known is None:
        return None
    found = [round(each * 1000) for each in known.heights]
    below = dict(zip((each.entry for each in block.buildings), found[len(line) :], strict=True))
    return Ground(along=found[: len(line)], below=below), known.name


def _middle(building: Building) -> Place:
    """The middle of its box, where the page's map stands it too."""
    easts, norths = zip(*building.places.values(), strict=True)
    return (min(easts) + max(easts)) / 2, (min(norths) + max(norths)) / 2
