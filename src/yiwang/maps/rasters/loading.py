"""Load a file: judged for its raster, read by another process, then taken in one act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from yiwang.maps.rasters.commands.load_raster import load_raster
from yiwang.maps.rasters.contracts import LoadedEdition, RasterNotFound
from yiwang.maps.rasters.converted import convert
from yiwang.maps.rasters.queries.editions import declared, folder_of
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment


def load_file(
    *, actor: Actor, at: datetime, raster: str, year: int, source: Path, told: Callable[[float], None]
) -> LoadedEdition:
    """Load ``source`` as the edition of a year; ``told`` hears the share that is done.

    Raises:
        RasterNotFound, RasterRefused, EditionUnfit, OperationNotAllowed: nothing was changed.
    """
    known = declared(raster)
    if known is None:
        raise RasterNotFound(raster=raster)
    with TemporaryDirectory(prefix=".loading-", dir=folder_of(raster)) as folder:
        target = Path(folder) / "made.tif"
        made = convert(known, source, target, most_pixels=environment().raster_pixels, told=told)
        digest = _digest(target)
        return load_raster(
            actor=actor, at=at, raster=raster, year=year, made=made, file=target, sha256=digest
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
