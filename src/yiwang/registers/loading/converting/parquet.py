"""Rows of a Parquet file, some thousand at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import MOST_COLUMNS, TOO_WIDE, Found, Unreadable, tell
from yiwang.registers.loading.converting.running import run

_TOGETHER = 5_000
#: One group of rows of one column is unpacked whole.
_MOST_GROUP = 1_000_000_000
_GROUP = Text("一个行组展开后过大", "A group of rows unpacks to far too much")
#: Runs of one value cost nothing in a file, but each of its rows is judged and kept.
_ROWS_FLOOR, _MOST_ROWS_A_BYTE = 1_000_000, 10
_REPEATED = Text("行数与文件大小不相称", "There are too many rows for the size of the file")
_NESTED = Text("第 {n} 列是嵌套或二进制数据", "Column {n} holds nested or binary data")


def convert(path: str) -> None:
    """Tell every row; the first is number 1, for the head is no row."""
    with pq.ParquetFile(path, pre_buffer=False) as file:
        if file.metadata.num_rows > max(_ROWS_FLOOR, Path(path).stat().st_size * _MOST_ROWS_A_BYTE):
            raise Unreadable(0, _REPEATED)
        if len(file.schema_arrow.names) > MOST_COLUMNS:
            raise Unreadable(0, TOO_WIDE)
        for group in range(file.metadata.num_row_groups):
            if file.metadata.row_group(group).total_byte_size > _MOST_GROUP:
                raise Unreadable(0, _GROUP)
        refuse_nested(file.schema_arrow)
        tell(file.schema_arrow.names, _rows(file.iter_batches(batch_size=_TOGETHER)), exact=True)


def refuse_nested(schema: pa.Schema, *, but: str = "") -> None:
    """Registers have no nested values; ``but`` names the column of shapes."""
    for number, column in enumerate(schema, start=1):
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
        if (pa.types.is_nested(kind) or binary) and column.name != but:
            raise Unreadable(0, Text(_NESTED.zh.format(n=number), _NESTED.en.format(n=number)))


def _rows(batches: Iterator[pa.RecordBatch]) -> Iterator[Found]:
    number = 0
    for batch in batches:
        for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield number, cells


if __name__ == "__main__":
    sys.exit(run(convert, sys.argv[1], *sys.argv[4:]))
