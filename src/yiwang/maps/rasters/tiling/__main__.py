"""``python -m yiwang.maps.rasters.tiling``: one question a line on standard input, one answer each.

An answer is a letter (``+`` a picture, or heights as JSON; ``-`` nothing there; ``!`` a fault) and the length
of what follows, in four bytes. The process ends with its input, that is with the process that started it.
"""

from __future__ import annotations

import json
import resource
import struct
import sys

from rasterio import Env
from rio_tiler.errors import TileOutsideBounds

from yiwang.maps.rasters.tiling.measuring import measure
from yiwang.maps.rasters.tiling.painting import Box, Wanted, opened, paint, paint_box, paint_still

#: Address space, of which libraries reserve more than they use: 16 open files and GDAL's 96 MB of blocks.
_MOST_MEMORY = 2 << 30


def main() -> int:
    """Answer until there are no questions."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = sys.stdout.buffer
    with Env(GDAL_CACHEMAX=96, GDAL_NUM_THREADS="1", VSI_CACHE="NO"):
        for line in sys.stdin.buffer:
            sign, body = _answer(json.loads(line))
            answers.write(struct.pack(">cI", sign, len(body)) + body)
            answers.flush()
    return 0


def _answer(asked: dict[str, object]) -> tuple[bytes, bytes]:
    path, form = str(asked["path"]), str(asked["form"])
    try:
        if asked["drawn"] == "still":
            found = paint_still(path, form)
        elif asked["drawn"] == "heights":
            found = measure(opened(path).dataset, str(asked["places"]))
        elif asked["drawn"] == "box":
            west, south, east, north = (float(each) for each in str(asked["box"]).split())
            box = Box(srid=int(str(asked["srid"])), bounds=(west, south, east, north))
            found = paint_box(path, form, str(asked["image"]), box)
        else:
            found = paint(
                Wanted(
                    path=path,
                    form=form,
                    drawn=str(asked["drawn"]),
                    image=str(asked["image"]),
                    zoom=int(str(asked["zoom"])),
                    column=int(str(asked["column"])),
                    row=int(str(asked["row"])),
                )
            )
    except TileOutsideBounds:
        return b"-", b""
    except Exception as problem:  # noqa: BLE001 - one broken file must not end the tiles of all others
        return b"!", type(problem).__name__.encode()
    return (b"+", found) if found is not None else (b"-", b"")


if __name__ == "__main__":
    raise SystemExit(main())
