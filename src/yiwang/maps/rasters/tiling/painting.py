"""A tile of a loaded raster, as PNG or WebP."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rio_tiler.io import Reader
from rio_tiler.utils import render

from yiwang.kernel.degrees import DEGREE
from yiwang.maps.rasters.rules.places import SIDE
from yiwang.maps.rasters.tiling.shading import shaded, terrarium
from yiwang.maps.rules.tiles import WORLD

_OPEN = 16
_STILL = 640
#: Metres of a pixel at a pole, where degrees of longitude have none.
_LEAST = 0.001


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """West, south, east and north in units of a reference system."""

    srid: int
    bounds: tuple[float, float, float, float]

    @property
    def is_degrees(self) -> bool:
        """Whether the units are degrees."""
        return bool(CRS.from_epsg(self.srid).is_geographic)


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


def paint_box(path: str, form: str, image: str, box: Box) -> bytes | None:
    """A square of another reference system; None where the raster has nothing there."""
    west, south, east, north = box.bounds
    pixel = (east - west) / SIDE
    # shade is of all but the outermost pixels
    beside = 1 if form == "elevation" else 0
    found = opened(path).part(
        (west - beside * pixel, south - beside * pixel, east + beside * pixel, north + beside * pixel),
        dst_crs=CRS.from_epsg(box.srid),
        bounds_crs=CRS.from_epsg(box.srid),
        width=SIDE + 2 * beside,
        height=SIDE + 2 * beside,
        resampling_method="bilinear",
        reproject_method="bilinear",
    )
    if form != "elevation":
        return _picture(found.data, found.mask, image)
    seen = found.mask > 0
    if not seen.any():
        return None
    wide, high = pixel, pixel
    if box.is_degrees:
        wide, high = pixel * DEGREE * math.cos(math.radians((south + north) / 2)), pixel * DEGREE
    mean = float(found.data[0][seen].mean())
    light = shaded(np.where(seen, found.data[0], mean).astype("float32"), max(wide, _LEAST), high)
    # reprojected heights have a mask of decimals
    return _picture(np.stack([light] * 3), np.where(seen, 255, 0).astype("uint8")[1:-1, 1:-1], image)


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
