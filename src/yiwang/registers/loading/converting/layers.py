"""Rows of one layer of a geographic file, read by one driver of GDAL and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyogrio

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Found, Unreadable, tell
from yiwang.registers.loading.converting.parquet import refuse_nested
from yiwang.registers.loading.converting.placing import Placing, placing_of

_TOGETHER = 2_000
_EMPTY = Text("没有图层", "There is no layer")
_LAYERS = Text("有多个图层；请只保留一个", "There are several layers; keep one")
_OTHER = Text("文件内容与其格式不符", "The file is not of the format that it seems to be")


def tell_layer(
    path: Path, driver: str, chosen: str, *, crs: str = "", layer: str = "", columns: Sequence[str] = ()
) -> None:
    """Tell every row of the only layer, or of the one named, and all its columns or those named.

    ``crs`` is what the format always means.

    Raises:
        Unreadable: another format, no layer or several, no reference system.
    """
    layers = [str(name) for name, _ in pyogrio.list_layers(path)]
    if layer in layers:
        layers = [layer]
    if not layers:
        raise Unreadable(0, _EMPTY)
    if len(layers) > 1:
        raise Unreadable(0, _LAYERS)
    if pyogrio.read_info(path, layer=layers[0])["driver"] not in driver.split("|"):
        raise Unreadable(0, _OTHER)
    opened = pyogrio.open_arrow(
        path, layer=layers[0], batch_size=_TOGETHER, use_pyarrow=True, columns=list(columns) or None
    )
    with opened as (about, reader):
        shape = about["geometry_name"] or "wkb_geometry" if about["geometry_type"] else ""
        names = [str(column.name) for column in reader.schema]
        has_shape = shape in names
        placing = placing_of(about["crs"] or crs, chosen) if has_shape else Placing("")
        refuse_nested(reader.schema, but=shape)
        tell(names, _rows(reader, names.index(shape) if has_shape else -1, placing), exact=True)


def _rows(batches: Iterator[pa.RecordBatch], shape: int, placing: Placing) -> Iterator[Found]:
    number = 0
    for batch in batches:
        columns = [column.to_pylist() for column in batch.columns]
        if shape >= 0:
            columns[shape] = [None if wkb is None else placing.text_of(wkb) for wkb in columns[shape]]
        for cells in zip(*columns, strict=True):
            number += 1
            yield number, cells
