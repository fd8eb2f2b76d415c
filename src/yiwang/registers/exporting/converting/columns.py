"""CSV from standard input as batches of typed columns."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv as pc

_MOST_MEMORY = 3 << 30
_BLOCK = 4 << 20
_TYPES = {
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "numeric(26, 6)": pa.decimal128(26, 6),
    "numeric(18, 2)": pa.decimal128(18, 2),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}
#: GDAL has no decimals: amounts stay exact as text.
AMOUNTS = frozenset({"numeric(26, 6)", "numeric(18, 2)"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be written: where, the columns with their types in SQL, and which is the shape."""

    path: str
    #: What the table is called.
    layer: str
    #: A folder that the asker empties.
    scratch: str
    columns: list[tuple[str, str]]
    #: Titles of the columns, Chinese and English.
    titles: dict[str, tuple[str, str]]
    shape: str
    shape_type: str
    #: EPSG number.
    system: int
    encoding: str


def asked() -> Asked:
    """Read the order from the arguments, and bound the memory."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    told = json.loads(sys.argv[1])
    return Asked(
        path=told["path"],
        layer=told["layer"],
        scratch=told["scratch"],
        columns=[(name, kind) for name, kind in told["columns"]],
        shape=told["shape"],
        titles={name: (zh, en) for name, (zh, en) in told["titles"].items()},
        shape_type=told["shape_type"],
        system=told["system"],
        encoding=told["encoding"],
    )


def batches(order: Asked, *, but: frozenset[str] = frozenset()) -> pa.RecordBatchReader:
    """The rows that come in; ``but`` names types that the format takes as text."""
    types = {
        name: _TYPES.get(kind, pa.string()) if kind not in but else pa.string()
        for name, kind in order.columns
    }
    schema = pa.schema(
        [pa.field(name, pa.binary() if name == order.shape else types[name]) for name, _ in order.columns]
    )
    rows = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115 - a stream, not a file
    if not rows.peek(1):
        # a file without rows, which the reader of CSV refuses
        return pa.RecordBatchReader.from_batches(schema, ())
    reader = pc.open_csv(
        pa.PythonFile(rows, mode="r"),
        read_options=pc.ReadOptions(
            column_names=[name for name, _ in order.columns], block_size=_BLOCK, use_threads=False
        ),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
    place = schema.get_field_index(order.shape) if order.shape else -1
    return pa.RecordBatchReader.from_batches(schema, (_shaped(batch, place, schema) for batch in reader))


def _shaped(batch: pa.RecordBatch, place: int, schema: pa.Schema) -> pa.RecordBatch:
    """Shapes come as hexadecimal WKB."""
    columns = list(batch.columns)
    if place >= 0:
        texts = columns[place].to_pylist()
        columns[place] = pa.array([None if t is None else bytes.fromhex(t) for t in texts], pa.binary())
    return pa.RecordBatch.from_arrays(columns, schema=schema)
