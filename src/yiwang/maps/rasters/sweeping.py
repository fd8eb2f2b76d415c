"""What a load that was killed left beside the editions: nothing of it is ever shown, and it goes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from yiwang.maps.models import RasterEdition
from yiwang.maps.rasters.converted import MOST_SECONDS
from yiwang.maps.rasters.queries.editions import folder_of


def sweep(raster: str) -> int:
    """Remove files of no edition that nobody wrote to for longer than a load may take; gives how many."""
    before = time.time() - 2 * MOST_SECONDS
    known = set(RasterEdition.objects.filter(raster=raster).values_list("file", flat=True))
    gone = 0
    for path in folder_of(raster).iterdir():
        if path.name not in known and _touched(path) < before:
            remove(path)
            gone += 1
    return gone


def remove(path: Path) -> None:
    """Remove a file, or a folder with what is in it; what is not there is removed."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _touched(path: Path) -> float:
    """When something was last written there, in epoch seconds."""
    try:
        inside = [each.stat().st_mtime for each in path.iterdir()] if path.is_dir() else []
        return max([path.stat().st_mtime, *inside])
    except FileNotFoundError:
        return time.time()
