"""The square of tiles: WebMercatorQuad (OGC 17-083r4), with its zooms, columns and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yiwang.maps.contracts import TileAskedWrongly, TileNotFound
from yiwang.maps.definitions import MOST_ZOOM

#: Length of the equator in Web Mercator, in metres: the side of the one tile of zoom 0.
WORLD = 40_075_016.685_578_488
#: Units of a vector tile's side, and how many of them it reaches over its border.
EXTENT, MARGIN = 4096, 64
#: A tile is drawn this many pixels wide (MapLibre's vector tiles).
PIXELS = 512
MOST_LAYERS = 12
_ADDRESS = re.compile(
    r"(?P<layers>[a-z][a-z0-9_]{1,40}(?:,[a-z][a-z0-9_]{1,40})*)/"
    r"(?P<zoom>[0-9]{1,6})/(?P<column>[0-9]{1,12})/(?P<row>[0-9]{1,12})\.mvt",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of the world."""

    zoom: int
    column: int
    row: int


def side(zoom: int) -> float:
    """Metres of Web Mercator that a tile's side is long."""
    return WORLD / (1 << zoom)


def metres(pixels: float, zoom: int) -> float:
    """How many metres of Web Mercator so many pixels are."""
    return float(pixels) * side(zoom) / PIXELS


def cells(pixels: float) -> int:
    """Cells of so many pixels along a tile's side; whole ones, so that no cell lies in two tiles."""
    return max(1, round(PIXELS / pixels))


def label_layer(code: str) -> str:
    """The layer of a tile that bears the words of a layer of areas; no layer's code begins so."""
    return f"_label_{code}"


def read_layers(said: str) -> tuple[str, ...]:
    """Layers as an address names them.

    Raises:
        TileAskedWrongly: too many, or one twice.
    """
    codes = tuple(said.split(","))
    if len(codes) > MOST_LAYERS or len(set(codes)) != len(codes):
        raise TileAskedWrongly(most=MOST_LAYERS)
    return codes


def read_address(said: str) -> tuple[tuple[str, ...], Tile]:
    """Layers and tile of ``layers/zoom/column/row.mvt``.

    Raises:
        TileAskedWrongly: it is not of that form.
        TileNotFound: no such tile.
    """
    found = _ADDRESS.fullmatch(said)
    if found is None:
        raise TileAskedWrongly(most=MOST_LAYERS)
    tile = Tile(int(found["zoom"]), int(found["column"]), int(found["row"]))
    if tile.zoom > MOST_ZOOM or max(tile.column, tile.row) >= 1 << tile.zoom:
        raise TileNotFound
    return read_layers(found["layers"]), tile
