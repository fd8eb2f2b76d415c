"""A GeoTIFF of strangers, opened so that it can read no other file and no address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio.enums import ColorInterp
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from yiwang.maps.rasters.contracts import NO_GEOTIFF
from yiwang.maps.rasters.converting.faults import (
    MANY_BANDS,
    NO_BYTES,
    NO_DIRECTORY,
    NO_HEIGHTS,
    NO_PLACE,
    NO_SYSTEM,
    Unreadable,
    broken_from,
    too_large,
)
from yiwang.maps.rasters.definitions import RasterForm
from yiwang.maps.rasters.rules.beginnings import is_tiff

_MOST_BANDS = 4
_NUMBERS = frozenset({"int16", "uint16", "int32", "uint32", "float32", "float64"})


@contextmanager
def opened(path: Path, form: RasterForm, most_pixels: int) -> Iterator[DatasetReader]:
    """Open it and judge what its header says, before a pixel is read.

    Raises:
        Unreadable
    """
    with path.open("rb") as file:
        if not is_tiff(file.read(4)):
            raise Unreadable(NO_GEOTIFF)
    try:
        # one driver, and of its sources of a place only those inside the file
        source = rasterio.open(path, driver="GTiff", GEOREF_SOURCES="INTERNAL")
    except RasterioError:
        raise Unreadable(NO_DIRECTORY) from None
    with source:
        _judge(source, form, most_pixels)
        yield source


def _judge(source: DatasetReader, form: RasterForm, most_pixels: int) -> None:
    if source.width * source.height > most_pixels:
        raise Unreadable(too_large(source.width, source.height, most_pixels))
    if source.count > _MOST_BANDS:
        raise Unreadable(MANY_BANDS)
    if source.crs is None or not source.crs.is_valid:
        raise Unreadable(NO_SYSTEM)
    if source.transform.is_identity or source.transform.is_degenerate:
        raise Unreadable(NO_PLACE)
    if form == "elevation":
        if source.count != 1 or source.dtypes[0] not in _NUMBERS:
            raise Unreadable(NO_HEIGHTS)
    elif set(source.dtypes) != {"uint8"} or ColorInterp.palette in source.colorinterp:
        raise Unreadable(NO_BYTES)


def check_rows(source: DatasetReader) -> None:
    """Read the file from its first row to its last.

    Raises:
        Unreadable: with the first row that can't be read.
    """
    high = source.block_shapes[0][0]
    for row in range(0, source.height, high):
        try:
            source.read(window=Window(0, row, source.width, min(high, source.height - row)))
        except RasterioError:
            raise Unreadable(broken_from(row + 1, source.height)) from None


def colours_of(source: DatasetReader) -> list[int]:
    """Bands of red, green and blue; grey three times. A fourth that is no alpha is infrared: left out."""
    return [1, 2, 3] if source.count >= 3 else [1, 1, 1]
