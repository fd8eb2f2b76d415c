"""A GeoTIFF read by another process; this one sees no pixel."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer

from yiwang.kernel.text import Text
from yiwang.maps.rasters.contracts import MadeRaster, RasterRefused
from yiwang.maps.rasters.converting.faults import TOO_LONG, TOO_MUCH
from yiwang.maps.rasters.definitions import RasterDefinition
from yiwang.platform.contracts import StorageFull

_MODULE = "yiwang.maps.rasters.converting"
#: A sheet of two thousand million pixels takes about ten minutes; nobody waits for longer than an hour.
MOST_SECONDS = 3600.0
#: Address space, of which libraries reserve more than they use.
MOST_MEMORY = 3 << 30
_REFUSED, _FULL = 3, 4
_BROKEN = Text(
    "文件无法读取：已损坏，或所需时间、内存超过上限",
    "it can't be read: damaged, or it takes more time or memory than allowed",
)
#: GDAL looks for no file beside the one it was given, at no address, and leaves none; one thread.
QUIET = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_SKIP": "GTI,WMS,WMTS,WCS,HTTP,STACIT,STACTA,MBTiles,PLMOSAIC,NGW,EEDAI,DAAS,RasterLite",
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "PROJ_NETWORK": "OFF",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
}


def convert(
    raster: RasterDefinition,
    source: Path,
    target: Path,
    *,
    most_pixels: int,
    told: Callable[[float], None],
    seconds: float = MOST_SECONDS,
    memory: int = MOST_MEMORY,
) -> MadeRaster:
    """Write ``target`` from ``source``; ``told`` hears the share that is done.

    Raises:
        RasterRefused: with the reason; what lies at ``target`` then is for the caller to remove.
        StorageFull: the disk has no room for ``target``.
    """
    words = [str(source.resolve()), str(target), raster.kind, str(raster.to_zoom), str(most_pixels)]
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own module, and paths that are opened as files only
            [sys.executable, "-P", "-W", "ignore", "-m", _MODULE, *words, str(int(seconds) + 1), str(memory)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=QUIET,
            cwd="/",
        )
        clock = Timer(seconds, process.kill)
        clock.daemon = True
        clock.start()
        try:
            made = _listen(process, told)
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        if made is not None and process.returncode == 0:
            return made
        if process.returncode == _FULL:
            raise StorageFull
        # libraries complain before it, at any length
        errors.seek(-min(10_000, errors.seek(0, os.SEEK_END)), os.SEEK_END)
        raise RasterRefused(reason=_reason(process.returncode, errors.read()))


def _listen(process: subprocess.Popen[bytes], told: Callable[[float], None]) -> MadeRaster | None:
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    made = None
    for line in process.stdout:
        said = json.loads(line)
        if "done" in said:
            told(float(said["done"]))
        else:
            whole = said["made"]
            west, south, east, north = whole.pop("bounds")
            made = MadeRaster(bounds=(west, south, east, north), **whole)
    process.wait()
    return made


def _reason(code: int, said: bytes) -> Text:
    if code == -signal.SIGABRT and b"bad_alloc" in said:
        return TOO_MUCH
    if code == -signal.SIGXCPU:
        return TOO_LONG
    if code != _REFUSED:
        return _BROKEN
    told = json.loads(said.splitlines()[-1])
    return Text(str(told["zh"]), str(told["en"]))
