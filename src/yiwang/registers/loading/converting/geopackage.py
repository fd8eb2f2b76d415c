"""Rows of the first layer of a GeoPackage: attributes, and the shape with the number of its system."""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Unreadable
from yiwang.registers.loading.converting.layers import tell_layer
from yiwang.registers.loading.converting.running import run

_MAGIC, _MARK = b"SQLite format 3\x00", b"GPKG"
_OTHER = Text("不是 GeoPackage", "Not a GeoPackage")
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


def convert(path: str, *, chosen: str) -> None:
    """Tell every row; the shape comes as ``SRID=4547;<hexadecimal WKB>``, transformed by the database."""
    with Path(path).open("rb") as file:
        head = file.read(72)
    if not head.startswith(_MAGIC) or head[68:72] != _MARK:
        raise Unreadable(0, _OTHER)
    _refuse_programs(path)
    tell_layer(Path(path), "GPKG", chosen)


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


if __name__ == "__main__":
    sys.exit(run(partial(convert, chosen=sys.argv[3]), sys.argv[1], *sys.argv[4:]))
