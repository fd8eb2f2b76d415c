"""Small GeoTIFFs, written by the library itself, and a pack that declares what they are loaded as."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import Affine

WORLD = 40_075_016.685578488
#: The tile at zoom 16 that the files begin at: in Guangzhou.
ZOOM, COLUMN, ROW = 16, 53385, 28381
PIXEL = WORLD / 256 / (1 << ZOOM)
WEST, NORTH = COLUMN * 256 * PIXEL - WORLD / 2, WORLD / 2 - ROW * 256 * PIXEL
GRID = Affine(PIXEL, 0, WEST, 0, -PIXEL, NORTH)
_TITLES = "title: {zh: 影像, en: Imagery}\nsummary: {zh: 影像, en: Imagery}\ngroup: {zh: 影像, en: Imagery}\n"
_GIVEN = "attribution: {zh: 市规划局, en: Planning}\nowner: planning\n"
PHOTO = f"code: photo\n{_TITLES}{_GIVEN}kind: orthophoto\naudience: {{kind: readers}}\n"
INNER = f"code: inner\n{_TITLES}{_GIVEN}kind: orthophoto\naudience: {{kind: officers}}\n"
OURS = f"""code: ours\n{_TITLES}{_GIVEN}kind: orthophoto
audience: {{kind: organisations, organisations: [water]}}
"""
HEIGHTS = f"code: heights\n{_TITLES}{_GIVEN}kind: elevation\naudience: {{kind: readers}}\n"
RASTERS = {"rasters/photo": PHOTO, "rasters/inner": INNER, "rasters/ours": OURS, "rasters/heights": HEIGHTS}


def written(path: Path, bands: np.ndarray, **changed: object) -> Path:
    """A GeoTIFF of these bands (band, row, column), on the pixels of zoom 16 unless said."""
    said = {"crs": "EPSG:3857", "transform": GRID, "driver": "GTiff", **changed}
    count, height, width = bands.shape
    with rasterio.open(path, "w", count=count, height=height, width=width, dtype=bands.dtype, **said) as file:
        file.write(bands)
    return path


def photo_bands(side: int = 256) -> np.ndarray:
    """Every pixel another colour: red by column, green by row."""
    row, column = np.mgrid[0:side, 0:side]
    return np.stack([column % 256, row % 256, (row + column) % 256]).astype("uint8")


def height_bands(side: int = 256) -> np.ndarray:
    """A slope of a quarter metre a pixel to the east, from -3.5 m."""
    _, column = np.mgrid[0:side, 0:side]
    return (column * 0.25 - 3.5)[None].astype("float32")
