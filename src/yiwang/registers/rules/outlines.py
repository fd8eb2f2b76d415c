"""A shape before and after a change as lines of a small drawing, so that who decides sees what differs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.platform.contracts import Json
from yiwang.registers.rules.shapes import Position, parts_of

#: Size of the sheet, its margin, and most corners that are drawn of a part.
WIDTH, HEIGHT, _MARGIN, _MOST_DRAWN = 480.0, 300.0, 16.0, 2_000
#: Half the side of the square that stands for a point.
_POINT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Paths of SVG on a sheet of ``WIDTH`` by ``HEIGHT``; an area is closed."""

    before: str
    wanted: str


def outline_of(before: Json, wanted: Json) -> Outline | None:
    """Both shapes on one sheet, north up, as far apart as they lie; None where there is nothing to draw."""
    was, will = parts_of(before), parts_of(wanted)
    places = [place for part in (*was, *will) for place in part]
    if not places:
        return None
    west, east = min(place[0] for place in places), max(place[0] for place in places)
    south, north = min(place[1] for place in places), max(place[1] for place in places)
    # a degree of longitude is shorter than one of latitude by the cosine
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * _MARGIN) / max((east - west) * narrow, 1e-7),
        (HEIGHT - 2 * _MARGIN) / max(north - south, 1e-7),
    )

    def drawn(place: Position) -> Position:
        across = WIDTH / 2 + (place[0] - (west + east) / 2) * narrow * scale
        down = HEIGHT / 2 - (place[1] - (south + north) / 2) * scale
        return across, down

    return Outline(
        before=" ".join(_path([drawn(each) for each in _thinned(part)]) for part in was),
        wanted=" ".join(_path([drawn(each) for each in _thinned(part)]) for part in will),
    )


def _thinned(part: Sequence[Position]) -> Sequence[Position]:
    step = math.ceil(len(part) / _MOST_DRAWN)
    return part if step <= 1 else [*part[::step], part[-1]]


def _path(part: Sequence[Position]) -> str:
    if len(part) == 1:
        (across, down), size = part[0], _POINT
        return f"M{across - size:.1f} {down - size:.1f}h{2 * size:g}v{2 * size:g}h{-2 * size:g}z"
    return "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in part)
