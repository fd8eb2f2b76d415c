"""``python -m yiwang.maps.rasters.synthesis PACKS FOLDER SEED``: the demonstration's imagery.

One line of JSON on standard output for each file: raster, year, file and what was made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio import Env

from yiwang.maps.rasters.converting.geotiff import opened
from yiwang.maps.rasters.converting.writing import write_raster
from yiwang.maps.rasters.definitions import RasterForm
from yiwang.maps.rasters.synthesis.painting import HEIGHTS_ZOOM, PHOTO_ZOOM, heights, photograph
from yiwang.maps.rasters.synthesis.shapes import Canvas

#: The first and the last of the demonstration's years.
_YEARS = (1995, 2025)
_MOST = 10_000_000
Sheet = tuple[str, RasterForm, int, int, Canvas, NDArray[np.generic]]


def main(words: list[str]) -> int:
    """Paint, convert, tell."""
    packs, folder, seed = Path(words[0]), Path(words[1]), int(words[2])
    with Env(GDAL_CACHEMAX=128, GDAL_NUM_THREADS="1", GDAL_TIFF_INTERNAL_MASK=True):
        for code, form, year, zoom, canvas, bands in _sheets(packs, seed):
            source, target = folder / f"{code}-{year}.given.tif", folder / f"{code}-{year}.tif"
            _write(source, canvas, bands)
            with opened(source, form, _MOST) as file:
                made = write_raster(
                    file, target, form=form, most_zoom=zoom, most_pixels=_MOST, told=lambda share: None
                )
            said = {"raster": code, "year": year, "file": target.name, "made": asdict(made)}
            sys.stdout.write(json.dumps(said) + "\n")
    return 0


def _sheets(packs: Path, seed: int) -> Iterator[Sheet]:
    for year in _YEARS:
        canvas, picture = photograph(packs, year, seed)
        yield "orthophotos", "orthophoto", year, PHOTO_ZOOM, canvas, picture
    canvas, metres = heights(seed)
    yield "ground_heights", "elevation", _YEARS[-1], HEIGHTS_ZOOM, canvas, metres


def _write(path: Path, canvas: Canvas, bands: NDArray[np.generic]) -> None:
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=bands.shape[0],
        height=canvas.height,
        width=canvas.width,
        dtype=bands.dtype,
        crs="EPSG:3857",
        transform=canvas.transform,
    ) as file:
        file.write(bands)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
