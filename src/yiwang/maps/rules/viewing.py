"""Where a map looks, as an address says it: ``at=zoom/latitude/longitude``, ``box=west,south,east,north``."""

from __future__ import annotations

import re

_AT = re.compile(r"(\d{1,2}(?:\.\d{1,3})?)/(-?\d{1,2}(?:\.\d{1,8})?)/(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,16})?", re.ASCII)
Box = tuple[float, float, float, float]
#: Half of what a page shows at zoom 0, in degrees.
_HALF_WORLD = 360.0


def read_box(said: str) -> Box | None:
    """West, south, east, north in degrees; None for what is no box of the world, such as one turned round."""
    parts = said.split(",")
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    west, south, east, north = (float(part) for part in parts)
    inside = -180 <= west <= east <= 180 and -85.06 < south <= north < 85.06
    return (west, south, east, north) if inside else None


def read_at(said: str) -> Box | None:
    """About what a page shows of a place at a zoom."""
    found = _AT.fullmatch(said)
    if found is None:
        return None
    zoom, latitude, longitude = (float(part) for part in found.groups())
    if zoom > 22 or abs(latitude) > 85 or abs(longitude) > 180:
        return None
    half = _HALF_WORLD / 2**zoom
    return (
        max(longitude - half, -180.0),
        max(latitude - half * 0.6, -85.0),
        min(longitude + half, 180.0),
        min(latitude + half * 0.6, 85.0),
    )
