"""Rows of a ZIP file: a workbook, a Shapefile, or KMZ, told by what is in it."""

from __future__ import annotations

import sys
import zipfile
from functools import partial
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting import workbook
from yiwang.registers.loading.converting.archive import checked, put_down
from yiwang.registers.loading.converting.cells import Unreadable
from yiwang.registers.loading.converting.running import run
from yiwang.registers.loading.converting.shapefile import tell_shapefile
from yiwang.registers.loading.converting.vectors import tell_kml

_OTHER = Text(
    "压缩包内没有 Shapefile（.shp）、KML 或工作簿", "The package holds no Shapefile (.shp), KML or workbook"
)
_WORKBOOK = "[Content_Types].xml"


def convert(path: str, *, folder: str, chosen: str) -> None:
    """Tell the rows of what a package holds."""
    with zipfile.ZipFile(path) as package:
        is_workbook = _WORKBOOK in package.namelist()
        if not is_workbook:
            entries = checked(package)
            names = [entry.filename.lower() for entry in entries]
            if any(name.endswith(".shp") for name in names):
                tell_shapefile(package, entries, Path(folder), chosen)
                return
            words = [entry for entry in entries if entry.filename.lower().endswith(".kml")]
            if not words:
                raise Unreadable(0, _OTHER)
            put_down(package, {"rows.kml": words[0]}, Path(folder))
            tell_kml(Path(folder) / "rows.kml", chosen)
            return
    workbook.convert(path)


if __name__ == "__main__":
    sys.exit(run(partial(convert, folder=sys.argv[2], chosen=sys.argv[3]), sys.argv[1], *sys.argv[4:]))
