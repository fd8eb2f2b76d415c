"""Stands for the process that reads, on a disk without room: it writes some, and says so."""

from __future__ import annotations

import sys
from pathlib import Path

from yiwang.maps.rasters.converting import __main__ as reader

if __name__ == "__main__":
    Path(sys.argv[2]).with_suffix(".draft.tif").write_bytes(bytes(1000))
    reader._LEAST_FREE = 1 << 62
    sys.argv[5] = "nothing that is a number"
    raise SystemExit(reader.main(sys.argv[1:]))
