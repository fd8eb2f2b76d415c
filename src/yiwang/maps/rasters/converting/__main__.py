"""``python -m yiwang.maps.rasters.converting SOURCE TARGET FORM ZOOM PIXELS SECONDS MEMORY``.

Lines of JSON on standard output: ``{"done": 0.4}`` and at last ``{"made": {…}}``; a refusal is 3 with the
reason in the last line of standard error (libraries write there too); 4 is a full disk.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from rasterio import Env

from yiwang.kernel.text import Text
from yiwang.maps.rasters.contracts import DAMAGED, MadeRaster
from yiwang.maps.rasters.converting.faults import TOO_MUCH, Unreadable
from yiwang.maps.rasters.converting.geotiff import opened
from yiwang.maps.rasters.converting.writing import write_raster
from yiwang.maps.rasters.definitions import RasterForm

_MOST_WRITTEN = 200_000_000_000
_REFUSED = 3
#: No room on the disk: libraries tell it in words of many kinds, and a file can't be blamed for it.
_FULL = 4
_LEAST_FREE = 64_000_000


def main(words: list[str]) -> int:
    """Read, write, tell."""
    source, target, form, zoom, pixels, seconds, memory = words
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_WRITTEN, _MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _say({"made": asdict(_convert(Path(source), Path(target), form, int(zoom), int(pixels)))})
    except Unreadable as problem:
        return _refuse(problem.reason)
    except MemoryError:
        return _refuse(TOO_MUCH)
    except Exception as problem:  # noqa: BLE001 - whatever a library makes of a hostile file, it is refused
        if shutil.disk_usage(Path(target).parent).free < _LEAST_FREE:
            return _FULL
        return _refuse(TOO_MUCH if "memory" in str(problem).lower() else DAMAGED)
    return 0


def _convert(source: Path, target: Path, form: str, zoom: int, pixels: int) -> MadeRaster:
    wanted: RasterForm = "elevation" if form == "elevation" else "orthophoto"
    with (
        Env(GDAL_CACHEMAX=256, GDAL_NUM_THREADS="1", GDAL_TIFF_INTERNAL_MASK=True),
        opened(source, wanted, pixels) as file,
    ):
        return write_raster(
            file,
            target,
            form=wanted,
            most_zoom=zoom,
            most_pixels=pixels,
            told=lambda share: _say({"done": round(share, 3)}),
        )


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _refuse(reason: Text) -> int:
    sys.stderr.write("\n" + json.dumps({"zh": reason.zh, "en": reason.en}))
    return _REFUSED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
