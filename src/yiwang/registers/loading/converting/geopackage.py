"""Rows of the first layer of a GeoPackage: attributes, and the shape with the number of its system."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyogrio

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Found, Unreadable, tell
from yiwang.registers.loading.converting.parquet import refuse_nested
from yiwang.registers.loading.converting.running import run

_TOGETHER = 2_000
_MAGIC, _MARK = b"SQLite format 3\x00", b"GPKG"
_EPSG = re.compile(r"^EPSG:([0-9]{4,6})$")
_OTHER = Text("不是 GeoPackage", "Not a GeoPackage")
_EMPTY = Text("没有图层", "There is no layer")
_SYSTEM = Text("坐标系没有 EPSG 编号", "The coordinate system has no EPSG number")
_LAYERS = Text("有多个图层；请只保留一个", "There are several layers; keep one")


def convert(path: str) -> None:
    """Tell every row; the shape comes as ``SRID=4547;<hexadecimal WKB>``, transformed by the database."""
    with Path(path).open("rb") as file:
        head = file.read(72)
    if not head.startswith(_MAGIC) or head[68:72] != _MARK:
        raise Unreadable(0, _OTHER)
    layers = pyogrio.list_layers(path)
    if not len(layers):
        raise Unreadable(0, _EMPTY)
    if len(layers) > 1:
        raise Unreadable(0, _LAYERS)
    with pyogrio.open_arrow(path, layer=layers[0][0], batch_size=_TOGETHER, use_pyarrow=True) as (
        about,
        reader,
    ):
        shape = about["geometry_name"] or "wkb_geometry" if about["geometry_type"] else ""
        names = [str(column.name) for column in reader.schema]
        system = _EPSG.match(about["crs"] or "")
        if shape in names and system is None:
            raise Unreadable(0, _SYSTEM)
        refuse_nested(reader.schema, but=shape)
        before = f"SRID={system[1]};" if system else ""
        tell(names, _rows(reader, names.index(shape) if shape in names else -1, before), exact=True)


def _rows(batches: Iterator[pa.RecordBatch], shape: int, before: str) -> Iterator[Found]:
    number = 0
    for batch in batches:
        columns = [column.to_pylist() for column in batch.columns]
        if shape >= 0:
            columns[shape] = [None if wkb is None else f"{before}{wkb.hex()}" for wkb in columns[shape]]
        for cells in zip(*columns, strict=True):
            number += 1
            yield number, cells


if __name__ == "__main__":
    sys.exit(run(convert, sys.argv[1]))
