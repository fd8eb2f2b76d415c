"""Rows to Parquet, a group of rows at a time; shapes as GeoParquet 1.1 has them."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq

from yiwang.registers.exporting.converting.columns import Asked, asked, batches

#: Rows of a group: enough for readers to skip by, few enough to be held.
_GROUP = 50_000
_SYSTEMS = {4490: "CGCS2000", 4326: "WGS 84"}


def convert(order: Asked) -> None:
    """Write what comes in."""
    reader = batches(order)
    schema = reader.schema.with_metadata(_geo(order)) if order.shape else reader.schema
    with pq.ParquetWriter(order.path, schema, compression="zstd") as writer:
        held: list[pa.RecordBatch] = []
        for batch in reader:
            held.append(batch)
            if sum(each.num_rows for each in held) >= _GROUP:
                _write(writer, held, schema)
        _write(writer, held, schema)


def _write(writer: pq.ParquetWriter, held: list[pa.RecordBatch], schema: pa.Schema) -> None:
    if held:
        writer.write_table(pa.Table.from_batches(held).cast(schema))
        held.clear()


def _geo(order: Asked) -> dict[str, str]:
    crs = {
        "id": {"authority": "EPSG", "code": order.system},
        "type": "GeographicCRS",
        "name": _SYSTEMS[order.system],
    }
    column = {"encoding": "WKB", "geometry_types": [order.shape_type], "crs": crs}
    about = {"version": "1.1.0", "primary_column": order.shape, "columns": {order.shape: column}}
    return {"geo": json.dumps(about)}


if __name__ == "__main__":
    convert(asked())
