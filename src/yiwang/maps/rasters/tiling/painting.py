"""A tile of a loaded raster, as PNG or WebP."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rio_tiler.io import Reader
from rio_tiler.utils import render

from yiwang.maps.rasters.rules.places import SIDE
from yiwang.maps.rasters.tiling.shading import shaded, terrarium
from yiwang.maps.rules.tiles import WORLD

_OPEN = 16
_STILL = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A tile: ``form`` of the raster, what is ``drawn`` of it, as which ``image``, and its place."""

    path: str
    form: str
    drawn: str
    image: str
    zoom: int
    column: int
    row: int


def paint(wanted: Wanted) -> bytes | None:
    """The picture's bytes; None where the raster has nothing there.

    Pixels of the raster's own zoom are given as they are kept, exactly.
    """
    reader = opened(wanted.path)
    if wanted.form == "elevation":
        return _heights(reader, wanted)
    method = "nearest" if _is_own(reader, wanted.zoom) else "bilinear"
    found = reader.tile(wanted.column, wanted.row, wanted.zoom, tilesize=SIDE, resampling_method=method)
    return _picture(found.data, found.mask, wanted.image)


def paint_still(path: str, form: str) -> bytes | None:
    """The whole edition as one small PNG."""
    found = opened(path).preview(max_size=_STILL)
    if form != "elevation":
        return _picture(found.data, found.mask, "png")
    seen = found.mask > 0
    heights = np.pad(np.where(seen, found.data[0], 0.0), 1, mode="edge")
    west, _, east, _ = opened(path).bounds
    light = shaded(heights, (east - west) / seen.shape[1])
    return _picture(np.stack([light] * 3), found.mask, "png")


def _heights(reader: Reader, wanted: Wanted) -> bytes | None:
    zoom, column, row = wanted.zoom, wanted.column, wanted.row
    buffer = 0 if wanted.drawn == "terrain" else 1
    method = "nearest" if _is_own(reader, zoom) else "bilinear"
    found = reader.tile(column, row, zoom, tilesize=SIDE, buffer=buffer, resampling_method=method)
    seen = found.mask > 0
    if not seen.any():
        return None
    if wanted.drawn == "terrain":
        return bytes(render(terrarium(found.data[0], seen), img_format="PNG"))
    # Mercator's metres are longer than those on the ground the further from the equator
    north = math.atan(math.sinh(math.pi * (1 - 2 * (row + 0.5) / (1 << zoom))))
    pixel = WORLD / SIDE / (1 << zoom) * math.cos(north)
    mean = float(found.data[0][seen].mean())
    light = shaded(np.where(seen, found.data[0], mean).astype("float32"), pixel)
    return _picture(np.stack([light] * 3), found.mask[1:-1, 1:-1], wanted.image)


def _picture(data: NDArray[np.uint8], mask: NDArray[np.uint8], image: str) -> bytes | None:
    if not mask.any():
        return None
    if image == "webp":
        return bytes(render(data, mask=mask, img_format="WEBP", quality=80))
    return bytes(render(data, mask=mask, img_format="PNG", zlevel=6))


def _is_own(reader: Reader, zoom: int) -> bool:
    west, _, east, _ = reader.bounds
    own = math.log2(WORLD / SIDE * (reader.width or SIDE) / (east - west))
    return abs(own - zoom) < 0.01


@lru_cache(maxsize=_OPEN)
def opened(path: str) -> Reader:
    """The reader of a file; one driver opens it. Files are never changed, only replaced by other names."""
    return Reader(None, dataset=rasterio.open(Path(path), driver="GTiff", GEOREF_SOURCES="INTERNAL"))
