"""Files of each format that registers take, made of the same rows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

_PARQUET = """
import json, sys, pyarrow as pa, pyarrow.parquet as pq
head, *rows = json.load(sys.stdin)
pq.write_table(pa.table({n: [r[i] for r in rows] for i, n in enumerate(head)}), sys.argv[1])
"""
_GEOPACKAGE = """
import json, sys, numpy as np, pyogrio
given = json.load(sys.stdin)
shapes = np.array([bytes.fromhex(each) for each in given["shapes"]], dtype=object)
names = list(given["columns"])
pyogrio.raw.write(sys.argv[1], shapes, [np.array(given["columns"][n], dtype=object) for n in names], names,
    geometry_type=given["type"], crs=given["crs"], driver="GPKG", layer="rows")
"""


def write_workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def write_parquet(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """By another process, for the tests run without the library as the city does."""
    return _made(_PARQUET, path, rows)


def write_geopackage(
    path: Path, columns: dict[str, list[str]], shapes: list[str], *, crs: str, kind: str = "Polygon"
) -> Path:
    return _made(_GEOPACKAGE, path, {"columns": columns, "shapes": shapes, "crs": crs, "type": kind})


def _made(program: str, path: Path, given: object) -> Path:
    subprocess.run([sys.executable, "-c", program, str(path)], input=json.dumps(given), text=True, check=True)
    return path
