"""GDAL alone: rows that lie ready as Arrow, written by pyogrio; and a GeoPackage made such rows.

Started by :mod:`benchmarks.exported_shapes`: ``GEOPACKAGE ROWS`` puts them down, ``DRIVER ROWS TARGET`` is
measured.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyogrio


def main(arguments: list[str]) -> None:
    if len(arguments) == 2:
        keep(*map(Path, arguments))
        print("{}")
        return
    driver, rows, target = arguments
    begun = time.perf_counter()
    with pa.OSFile(rows) as file:
        pyogrio.write_arrow(
            pa.ipc.open_stream(file), target, driver=driver, layer="entries", geometry_name="shape",
            geometry_type="MultiPolygon", crs="EPSG:4490",
        )  # fmt: skip
    seconds = time.perf_counter() - begun
    [peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    found = {
        "rows": pyogrio.read_info(target)["features"], "seconds": seconds,
        "bytes": Path(target).stat().st_size, "own": int(peak.split()[1]) / 1024, "writer": 0,
    }  # fmt: skip
    print(json.dumps(found, default=int))


def keep(made: Path, rows: Path) -> None:
    """The rows of a GeoPackage as Arrow."""
    with (
        pyogrio.open_arrow(made, use_pyarrow=True, batch_size=20_000) as (_, reader),
        pa.OSFile(str(rows), "wb") as file,
    ):
        names = [name for name in reader.schema.names if name != "fid"]
        schema = pa.schema([reader.schema.field(name).remove_metadata() for name in names])
        with pa.ipc.new_stream(file, schema) as writer:
            for batch in reader:
                writer.write_batch(batch.select(names).cast(schema))


if __name__ == "__main__":
    main(sys.argv[1:])
