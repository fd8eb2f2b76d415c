"""Rows of GeoJSON, CityJSON, KML and DXF, each by its own reader under a name of ours: GDAL goes by names."""

from __future__ import annotations

import mmap
import re
import sys
from functools import partial
from pathlib import Path

import pyogrio

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Unreadable
from yiwang.registers.loading.converting.cityjson import tell_cityjson
from yiwang.registers.loading.converting.layers import tell_layer
from yiwang.registers.loading.converting.running import run
from yiwang.registers.loading.converting.workbook import is_plain

#: Their readers hold such a file whole, at some ten times its size.
_MOST_BYTES = 250_000_000
_PROLOG = 16_384
_KML = re.compile(rb"(?s)^.{0,16384}?<(\w+:)?kml[\s>]")
#: Of drawings: the others say how they are drawn.
_OF_DXF = ("Layer", "Linetype", "EntityHandle", "Text")
_LINE = re.compile(rb'\{[^\n]*"Feature"[^\n]*\}\s*\n\s*\{')
_CITYJSON = re.compile(rb'"type"\s{0,9}:\s{0,9}"CityJSON"')
_TOO_LARGE = Text(
    "文件超过 250 MB；请改用 GeoPackage 或 Shapefile", "More than 250 MB; send a GeoPackage or Shapefile"
)
_DOCTYPE = Text(
    "不是 KML，或含有不允许的 XML 声明", "Not KML, or it holds an XML declaration that is not allowed"
)


def convert(path: str, *, folder: str, chosen: str) -> None:
    """Tell the rows of a file whose first bytes tell what it is."""
    with Path(path).open("rb") as file:
        head = file.read(_PROLOG).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"{", b"\x1e")):
        if _is_cityjson(Path(path)):
            _refuse_large(Path(path))
            tell_cityjson(Path(path), chosen)
            return
        # a feature a line, with the separators of RFC 8142 or without, or one collection
        sequence = head.startswith(b"\x1e") or _LINE.match(head) is not None
        named = _named(path, folder, "geojsons" if sequence else "geojson")
        tell_layer(named, "GeoJSON|GeoJSONSeq", chosen, crs="EPSG:4326")
    elif head.startswith(b"<"):
        tell_kml(_named(path, folder, "kml"), chosen)
    else:
        _refuse_large(Path(path))
        # a block that is put into blocks would be drawn without end
        pyogrio.set_gdal_config_options({"DXF_INLINE_BLOCKS": False})
        tell_layer(_named(path, folder, "dxf"), "DXF", chosen, layer="entities", columns=_OF_DXF)


def tell_kml(path: Path, chosen: str) -> None:
    """Tell the rows of KML, which is always in WGS 84."""
    _refuse_large(path)
    with path.open("rb") as file:
        head = file.read(_PROLOG)
    if not is_plain(head) or not _KML.match(head):
        raise Unreadable(0, _DOCTYPE)
    tell_layer(path, "LIBKML|KML", chosen, crs="EPSG:4326")


def _is_cityjson(path: Path) -> bool:
    # its type may stand behind all of its vertices
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _CITYJSON.search(content) is not None


def _named(path: str, folder: str, ending: str) -> Path:
    found = Path(folder) / f"rows.{ending}"
    found.symlink_to(Path(path).resolve())
    return found


def _refuse_large(path: Path) -> None:
    if path.stat().st_size > _MOST_BYTES:
        raise Unreadable(0, _TOO_LARGE)


if __name__ == "__main__":
    sys.exit(run(partial(convert, folder=sys.argv[2], chosen=sys.argv[3]), sys.argv[1], *sys.argv[4:]))
