"""Shapes as text (``longitude latitude``, WKT, GeoJSON, hexadecimal WKB): counted and told in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Corners of one shape that somebody may enter or ask for: above any parcel, below what stops a browser.
MOST_CORNERS = 100_000
TOO_MANY = Text(
    f"图形的顶点超过{MOST_CORNERS:,}个，请先化简或分成几个登记项",
    f"The shape has more than {MOST_CORNERS:,} corners; simplify it, or make several entries of it",
)
#: The most that a corner takes as text: four numbers of eight bytes (height and measure too) in hexadecimal.
WIDEST_CORNER = 64
_POSITION = re.compile(r"\[\s*-?[\d.]")
_WKB_POSITION = 32
#: A corner in the fewest letters, ``0 0,``.
_LEAST_TEXT = 4
Position = tuple[float, float]


def corners_in(text: str) -> int:
    """About how many corners a shape's text has, without reading it: never fewer than it has.

    >>> corners_in("POLYGON((0 0, 1 0, 1 1, 0 0))"), corners_in('{"coordinates": [[0, 0], [1, 1]]}')
    (4, 2)
    """
    if text.startswith("{"):
        return len(_POSITION.findall(text))
    if "," in text or " " in text:
        return text.count(",") + 1
    return len(text) // _WKB_POSITION


def is_endless(text: str) -> bool:
    """Whether a shape's text has more corners than a register takes."""
    return len(text) > _LEAST_TEXT * MOST_CORNERS and corners_in(text) > MOST_CORNERS


def parts_of(shape: Json) -> list[list[Position]]:
    """The rings, lines or points of a shape as GeoJSON or as ``{"lon", "lat"}``; none of what is no shape."""
    if isinstance(shape, str) and shape.startswith("{"):
        shape = json.loads(shape)
    if not isinstance(shape, dict):
        return []
    lon, lat = shape.get("lon"), shape.get("lat")
    if isinstance(lon, int | float) and isinstance(lat, int | float):
        return [[(float(lon), float(lat))]]
    return list(_parts(shape.get("coordinates")))


def _parts(found: Json) -> Iterator[list[Position]]:
    if not isinstance(found, list) or not found:
        return
    if (alone := _position(found)) is not None:
        yield [alone]
        return
    positions = [place for each in found if (place := _position(each)) is not None]
    if positions:
        yield positions
        return
    for each in found:
        yield from _parts(each)


def _position(found: Json) -> Position | None:
    match found:
        case [int() | float() as east, int() | float() as north, *_]:
            return float(east), float(north)
        case _:
            return None


def shape_in_words(shape: Json) -> Text | None:
    """How many corners a shape has, and between which degrees it lies; None of what is no shape.

    >>> shape_in_words({"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 2]]]}).zh
    '4个点，经度1.00000至3.00000，纬度2.00000至4.00000'
    """
    places = [place for part in parts_of(shape) for place in part]
    if not places:
        return None
    if len(places) == 1:
        east, north = places[0]
        return Text(f"{east:g} {north:g}", f"{east:g} {north:g}")
    easts, norths = [place[0] for place in places], [place[1] for place in places]
    low, high = (f"{min(easts):.5f}", f"{max(easts):.5f}"), (f"{min(norths):.5f}", f"{max(norths):.5f}")
    return Text(
        f"{len(places)}个点，经度{low[0]}至{low[1]}，纬度{high[0]}至{high[1]}",
        f"{len(places)} corners, longitude {low[0]} to {low[1]}, latitude {high[0]} to {high[1]}",
    )
