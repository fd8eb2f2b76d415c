"""Load a file: judged for its raster, read by another process, then taken in one act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from yiwang.kernel.text import Text
from yiwang.maps.rasters.commands.load_raster import load_raster
from yiwang.maps.rasters.contracts import Bounds, LoadedEdition, RasterNotFound, RasterRefused
from yiwang.maps.rasters.converted import convert
from yiwang.maps.rasters.queries.editions import declared, folder_of
from yiwang.maps.rasters.sweeping import remove, sweep
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.platform.session_locks import alone
from yiwang.registers.api import touches_city

_OUTSIDE = Text(
    "按其坐标系（{system}）位于东经{west}至{east}、北纬{south}至{north}，在本市各区之外；"
    "请核对坐标系、带号和角点坐标",
    "by its reference system ({system}) it lies at {west} to {east} degrees east and {south} to {north} "
    "degrees north, outside the city's districts: check the system, its zone and the corners",
)


def load_file(
    *,
    actor: Actor,
    at: datetime,
    raster: str,
    year: int,
    source: Path,
    told: Callable[[float], None],
    upload: int | None = None,
) -> LoadedEdition:
    """Load ``source`` as the edition of a year; ``told`` hears the share that is done.

    Raises:
        RasterNotFound, RasterRefused, EditionUnfit, OperationNotAllowed, StorageFull, and of an ``upload``
        UploadStopped, EditionChanged: nothing was changed.
    """
    known = declared(raster)
    if known is None:
        raise RasterNotFound(raster=raster)
    place = folder_of(raster)
    sweep(raster)
    if upload is not None:
        # what a killed try of the same upload left is in the way of the next
        for left in place.glob(f".loading-{upload}-*"):
            remove(left)
    with TemporaryDirectory(prefix=f".loading-{upload or 'command'}-", dir=place) as folder:
        target = Path(folder) / "made.tif"
        made = convert(known, source, target, most_pixels=environment().raster_pixels, told=told)
        _check_place(made.bounds, made.epsg)
        digest = _digest(target)
        # of two at once for a year the second comes over the first, and not beside it
        with alone(f"maps.raster:{raster}/{year}"):
            return load_raster(
                actor=actor,
                at=at,
                raster=raster,
                year=year,
                made=made,
                file=target,
                sha256=digest,
                upload=upload,
            )


def _check_place(bounds: Bounds, system: str) -> None:
    if touches_city(*bounds) is False:
        west, south, east, north = (f"{each:.3f}" for each in bounds)
        raise RasterRefused(
            reason=_OUTSIDE.fill(system=system, west=west, south=south, east=east, north=north)
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
