"""Where tiles lie, and how tiles of imagery are asked for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from yiwang.maps.contracts import TileNotFound
from yiwang.maps.definitions import MOST_ZOOM
from yiwang.maps.rasters.contracts import Bounds, Drawn, Format, RasterTileUnknown
from yiwang.maps.rules.tiles import WORLD, Tile

_ADDRESS = re.compile(
    r"(?P<terrain>terrain/)?(?P<zoom>[0-9]{1,2})/(?P<column>[0-9]{1,8})/(?P<row>[0-9]{1,8})"
    r"\.(?P<format>png|webp)",
    re.ASCII,
)
#: Pixels along a side of a tile.
SIDE = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTile:
    """A tile as its address names it."""

    drawn: Drawn
    tile: Tile
    format: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBox:
    """A square of another reference system than Mercator: west, south, east, north in its units."""

    srid: int
    is_degrees: bool
    box: Bounds
    #: Zoom of Mercator whose pixels are about as wide.
    zoom: int
    format: Format


def read_tile(said: str) -> AskedTile:
    """Read ``[terrain/]zoom/column/row.png`` or ``.webp``.

    Raises:
        RasterTileUnknown: it is not of that form; heights are exact only as PNG.
        TileNotFound: no such tile of the world.
    """
    found = _ADDRESS.fullmatch(said)
    if found is None or (found["terrain"] and found["format"] != "png"):
        raise RasterTileUnknown
    tile = Tile(int(found["zoom"]), int(found["column"]), int(found["row"]))
    if tile.zoom > MOST_ZOOM or max(tile.column, tile.row) >= 1 << tile.zoom:
        raise TileNotFound
    return AskedTile(
        drawn="terrain" if found["terrain"] else "picture",
        tile=tile,
        format="webp" if found["format"] == "webp" else "png",
    )


def bounds_of(tile: Tile) -> Bounds:
    """Degrees that a tile covers."""
    count = 1 << tile.zoom
    return (
        tile.column / count * 360 - 180,
        _latitude(tile.row + 1, count),
        (tile.column + 1) / count * 360 - 180,
        _latitude(tile.row, count),
    )


def touches(one: Bounds, other: Bounds) -> bool:
    """Whether two boxes share ground."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def zoom_of_pixel(metres: float, most: int) -> int:
    """The zoom whose pixels are nearest to so many metres (EPSG:3857), at most ``most``."""
    return max(0, min(most, round(math.log2(WORLD / SIDE / metres))))


def _latitude(row: int, count: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / count))))
