"""D10: files made to keep the reader busy, or to have it read something else, are refused before they are."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from yiwang.registers.loading.converted import MOST_MEMORY, MOST_SECONDS
from yiwang.registers.loading.converting.workbook import is_plain

_PACKAGE = 0x47504B47
_PARQUET = """
import sys, pyarrow as pa, pyarrow.parquet as pq
rows, columns, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
table = pa.table({f"c{n}": pa.array(["x"]).take(pa.array([0] * rows)) for n in range(columns)})
pq.write_table(table, path, compression="zstd")
"""


def read(reader: str, path: Path) -> str:
    """What the reader's process says of a file that it refuses; empty where it reads it."""
    module = f"yiwang.registers.loading.converting.{reader}"
    program = [
        sys.executable,
        "-m",
        module,
        str(path),
        str(path.parent),
        "",
        *map(str, (MOST_MEMORY, MOST_SECONDS)),
    ]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else str(json.loads(done.stderr)["en"])


@pytest.mark.parametrize(
    "declared",
    [
        "CREATE VIEW plots AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
        "CREATE VIRTUAL TABLE plots USING fts5(number)",
        "CREATE TABLE plots (i INTEGER, more BLOB GENERATED ALWAYS AS (zeroblob(i * 1000000)))",
        "CREATE TABLE plots (i INTEGER, more BLOB AS/**/(zeroblob(i)) STORED)",
    ],
)
def test_d10_a_geopackage_that_runs_something_is_refused(tmp_path, declared):
    path = tmp_path / "plots"
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA application_id = {_PACKAGE}")
        made.execute("CREATE TABLE gpkg_contents (table_name TEXT)")
        made.execute(declared)
        made.commit()

    assert read("geopackage", path) == "It holds a view, a virtual table or a computed column"


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [
        (30_000_000, 1, "There are too many rows for the size of the file"),
        (1, 2_001, "There are too many columns, or a row is too long"),
        (10, 3, ""),
    ],
)
def test_d10_a_parquet_file_of_repetitions_or_of_columns_is_refused(tmp_path, rows, columns, said):
    path = tmp_path / "plots"
    subprocess.run([sys.executable, "-c", _PARQUET, str(rows), str(columns), str(path)], check=True)

    assert read("parquet", path) == said


def test_d10_a_row_longer_than_anybody_holds_is_refused(tmp_path):
    path = tmp_path / "plots"
    program = (
        "import sys, pyarrow as pa, pyarrow.parquet as pq; "
        "pq.write_table(pa.table({f'c{n}': ['x' * 900_000] for n in range(10)}), sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)

    assert read("parquet", path) == "There are too many columns, or a row is too long"


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b'<?xml version="1.0"?>\r\n<worksheet>', True),
        (b"\xef\xbb\xbf<!-- made by hand --><a:b/>", True),
        (b"\x89PNG", True),
        (b"<!--" + b"x" * 20_000, False),
        (b"<!-- <a --><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", False),
        ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><a/>".encode("utf-16"), False),
        (b"<?xml version='1.0' encoding='cp037'?>" + "<!DOCTYPE a><a/>".encode("cp037"), False),
    ],
)
def test_d10_no_part_of_a_workbook_declares_anything(head, plain):
    assert is_plain(head[:16_384]) is plain


def test_d10_a_sheet_under_another_name_is_looked_at_too(tmp_path):
    path = tmp_path / "book"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.bin", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>")

    assert read("packed", path) == "Holds an XML declaration that is not allowed"
