"""Rows of the first layer of a GeoPackage: attributes, and the shape with the number of its system."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
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
_PROGRAM = Text("含有视图、虚拟表或计算列", "It holds a view, a virtual table or a computed column")
_MOST_TABLES = 2_000
#: As SQLite itself understands what the file declares.
_TABLES = (
    "SELECT l.type, coalesce(m.sql, '') FROM pragma_table_list l "
    "LEFT JOIN sqlite_master m ON m.name = l.name WHERE l.schema = 'main'"
)
_COMPUTED = (
    "SELECT 1 FROM pragma_table_list l, pragma_table_xinfo(l.name) c "
    "WHERE l.schema = 'main' AND l.type = 'table' AND c.hidden > 1"
)
_INDEX = re.compile(r'(?i)CREATE VIRTUAL TABLE\s+("[^"]+"|\w+)\s+USING\s+rtree\s*\([\w\s,"]*\)')
_LAYERS = Text("有多个图层；请只保留一个", "There are several layers; keep one")


def convert(path: str) -> None:
    """Tell every row; the shape comes as ``SRID=4547;<hexadecimal WKB>``, transformed by the database."""
    with Path(path).open("rb") as file:
        head = file.read(72)
    if not head.startswith(_MAGIC) or head[68:72] != _MARK:
        raise Unreadable(0, _OTHER)
    _refuse_programs(path)
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


def _refuse_programs(path: str) -> None:
    """A database may hold what runs when it is read: views without an end, tables that are other files.

    GeoPackage needs neither; its index is the one virtual table, and its triggers run on writing only.
    """
    with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as found:
        found.execute("PRAGMA trusted_schema = OFF")
        tables = found.execute(_TABLES).fetchmany(_MOST_TABLES)
        if len(tables) == _MOST_TABLES:
            raise Unreadable(0, _OTHER)
        for kind, text in tables:
            if kind == "view" or (kind == "virtual" and not _INDEX.fullmatch(text)):
                raise Unreadable(0, _PROGRAM)
        if found.execute(_COMPUTED).fetchone() is not None:
            raise Unreadable(0, _PROGRAM)


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
