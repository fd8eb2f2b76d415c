"""Reprojected to the square of tiles, on the pixels of one zoom, with overviews: cloud-optimised."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio import shutil
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader, DatasetWriter
from rasterio.vrt import WarpedVRT
from rasterio.warp import calculate_default_transform, transform_bounds
from rasterio.windows import Window

from yiwang.maps.rasters.contracts import MadeRaster
from yiwang.maps.rasters.converting.faults import NO_PLACE, Unreadable, too_large
from yiwang.maps.rasters.converting.geotiff import check_rows, colours_of
from yiwang.maps.rasters.definitions import RasterForm
from yiwang.maps.rasters.rules.places import SIDE, zoom_of_pixel
from yiwang.maps.rules.tiles import WORLD

_SQUARE = "EPSG:3857"
#: What stands where no height is known.
NO_HEIGHT = -32768.0
#: Read and written at once: 2048 pixels square of four bands are 16 MB.
_STRIP = 2048
#: Reprojection turns and stretches; a file that grows by more is no picture of the ground.
_MOST_GROWTH = 4
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Pixels of one zoom, whole tiles."""

    zoom: int
    column: int
    row: int
    columns: int
    rows: int

    @property
    def pixel(self) -> float:
        return WORLD / SIDE / (1 << self.zoom)

    @property
    def transform(self) -> Affine:
        west = -WORLD / 2 + self.column * SIDE * self.pixel
        north = WORLD / 2 - self.row * SIDE * self.pixel
        return Affine(self.pixel, 0.0, west, 0.0, -self.pixel, north)


def write_raster(
    source: DatasetReader, target: Path, *, form: RasterForm, most_zoom: int, most_pixels: int, told: Told
) -> MadeRaster:
    """Write ``target``; ``told`` hears the share that is done.

    Raises:
        Unreadable: it lies where no map is, or would become too large.
    """
    ground, bounds = _ground_of(source, most_zoom)
    if ground.columns * ground.rows * SIDE * SIDE > max(most_pixels * _MOST_GROWTH, 64 * SIDE * SIDE):
        raise Unreadable(too_large(ground.columns * SIDE, ground.rows * SIDE, most_pixels * _MOST_GROWTH))
    drafted = target.with_suffix(".draft.tif")
    with rasterio.open(drafted, "w", **_profile(ground, form)) as draft:
        _warp(source, draft, ground, form, told)
    with rasterio.open(drafted, "r+", driver="GTiff") as draft:
        draft.build_overviews(_factors(ground), Resampling.average)
    told(0.95)
    shutil.copy(
        str(drafted),
        str(target),
        driver="COG",
        COMPRESS="DEFLATE",
        PREDICTOR="YES",
        BLOCKSIZE=str(SIDE),
        OVERVIEWS="FORCE_USE_EXISTING",
        BIGTIFF="IF_SAFER",
        STATISTICS="NO",
    )
    drafted.unlink()
    return MadeRaster(
        bounds=bounds,
        width=source.width,
        height=source.height,
        zoom=ground.zoom,
        epsg=_name_of(source),
        bands=source.count,
    )


def _ground_of(source: DatasetReader, most_zoom: int) -> tuple[_Ground, tuple[float, float, float, float]]:
    try:
        transform, _, _ = calculate_default_transform(
            source.crs, _SQUARE, source.width, source.height, *source.bounds
        )
        west, south, east, north = transform_bounds(source.crs, _SQUARE, *source.bounds)
        degrees = transform_bounds(_SQUARE, "EPSG:4326", west, south, east, north)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - GDAL and PROJ have errors of many families for what has no place
        raise Unreadable(NO_PLACE) from None
    half = WORLD / 2 + 1
    inside = all(math.isfinite(each) and abs(each) <= half for each in (west, south, east, north))
    if not inside or west >= east or south >= north or not transform.a > 0:
        raise Unreadable(NO_PLACE)
    zoom = zoom_of_pixel(transform.a, most_zoom)
    side = WORLD / (1 << zoom)
    # a thousandth of a pixel: a border that lies on a tile's must not claim the tile beyond
    slack = 0.001 / SIDE
    first, above = (math.floor(each / side + slack) for each in (west + WORLD / 2, WORLD / 2 - north))
    last, below = (math.ceil(each / side - slack) for each in (east + WORLD / 2, WORLD / 2 - south))
    ground = _Ground(
        zoom=zoom,
        column=max(first, 0),
        row=max(above, 0),
        columns=max(last - max(first, 0), 1),
        rows=max(below - max(above, 0), 1),
    )
    return ground, (degrees[0], degrees[1], degrees[2], degrees[3])


def _profile(ground: _Ground, form: RasterForm) -> dict[str, object]:
    kept: dict[str, object] = {
        "driver": "GTiff",
        "crs": _SQUARE,
        "transform": ground.transform,
        "width": ground.columns * SIDE,
        "height": ground.rows * SIDE,
        "tiled": True,
        "blockxsize": SIDE,
        "blockysize": SIDE,
        "compress": "DEFLATE",
        "zlevel": 1,
        "sparse_ok": True,
        "bigtiff": "IF_SAFER",
    }
    if form == "elevation":
        return {**kept, "count": 1, "dtype": "float32", "nodata": NO_HEIGHT}
    return {**kept, "count": 3, "dtype": "uint8", "photometric": "RGB"}


def _warp(source: DatasetReader, draft: DatasetWriter, ground: _Ground, form: RasterForm, told: Told) -> None:
    # an alpha band of its own where neither one nor a value for nothing says what is not there
    has_mask = source.nodata is not None or ColorInterp.alpha in source.colorinterp
    # of bands of decimals GDAL fills no such band: beyond the sheet would lie the sea
    own = {"src_nodata": NO_HEIGHT, "nodata": NO_HEIGHT} if form == "elevation" and not has_mask else {}
    with WarpedVRT(
        source,
        crs=_SQUARE,
        transform=ground.transform,
        width=draft.width,
        height=draft.height,
        resampling=Resampling.bilinear,
        add_alpha=not has_mask and not own,
        warp_mem_limit=64,
        **own,
    ) as warped:
        for share, window in _windows(draft.width, draft.height):
            try:
                seen = warped.dataset_mask(window=window)
                pixels = warped.read(1 if form == "elevation" else colours_of(source), window=window)
            except RasterioError:
                check_rows(source)
                raise
            if form == "elevation":
                heights = pixels.astype("float32")
                seen = np.where(np.isfinite(heights), seen, 0)
                draft.write(np.where(seen > 0, heights, np.float32(NO_HEIGHT)), 1, window=window)
            else:
                draft.write(pixels, window=window)
                draft.write_mask(seen > 0, window=window)
            told(share * 0.8)


def _windows(width: int, height: int) -> Iterator[tuple[float, Window]]:
    """Squares from left to right and down, each with the share done after it."""
    total = width * height
    done = 0
    for top in range(0, height, _STRIP):
        for left in range(0, width, _STRIP):
            across, down = min(_STRIP, width - left), min(_STRIP, height - top)
            done += across * down
            yield done / total, Window(left, top, across, down)


def _factors(ground: _Ground) -> list[int]:
    """Halved until one tile holds all."""
    factors = []
    factor = 2
    while factor <= max(ground.columns, ground.rows) * 2 and factor <= 1 << max(ground.zoom, 1):
        factors.append(factor)
        factor *= 2
    return factors or [2]


def _name_of(source: DatasetReader) -> str:
    code = source.crs.to_epsg()
    return f"EPSG:{code}" if code else str(source.crs.to_dict().get("proj", "WKT"))[:40]
