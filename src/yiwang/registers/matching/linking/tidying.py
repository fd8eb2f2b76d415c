"""Lists from CSV into DuckDB, each row with the forms in which it is compared."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from yiwang.registers.matching.orders import COLUMNS
from yiwang.registers.matching.rules.codes import tidy_code
from yiwang.registers.matching.rules.wording import tidy_address, tidy_name, tidy_person, tidy_phone

_BATCH = 20_000
_SCHEMA = pa.schema(
    [
        ("list", pa.int8()),
        ("key", pa.string()),
        ("signs", pa.string()),
        ("kind", pa.string()),
        ("code", pa.string()),
        ("core", pa.string()),
        ("person", pa.string()),
        ("division", pa.string()),
        ("place", pa.string()),
        ("numbers", pa.string()),
        ("phone", pa.string()),
        ("status", pa.string()),
        ("paid", pa.string()),
    ]
)
Tidied = tuple[int | str | None, ...]


def take_lists(connection: duckdb.DuckDBPyConnection, paths: list[Path], told: Callable[[int], None]) -> int:
    """Fill the table ``rows``; gives how many. ``rowid`` is the number of a row from here on."""
    columns = ", ".join(f"{field.name} {_type(field)}" for field in _SCHEMA)
    connection.execute(f"CREATE TABLE rows ({columns})")
    done = 0
    for number, path in enumerate(paths):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ValueError(f"{path.name}: the head is not {','.join(COLUMNS)}")
            tidied = (_tidied(number, row) for row in reader)
            while batch := list(islice(tidied, _BATCH)):
                _put(connection, batch)
                done += len(batch)
                told(done)
    return done


def _type(field: pa.Field) -> str:
    return "TINYINT" if field.type == pa.int8() else "VARCHAR"


def _put(connection: duckdb.DuckDBPyConnection, batch: list[Tidied]) -> None:
    columns = zip(zip(*batch, strict=True), _SCHEMA, strict=True)
    arrays = [pa.array(cells, type=field.type) for cells, field in columns]
    connection.register("batch", pa.Table.from_arrays(arrays, schema=_SCHEMA))
    connection.execute("INSERT INTO rows SELECT * FROM batch")
    connection.unregister("batch")


def _tidied(number: int, row: dict[str, str]) -> Tidied:
    code = tidy_code(row["code"])
    address = tidy_address(row["address"])
    return (
        number,
        row["key"],
        code.signs or None,
        code.kind.value,
        code.organisation or None,
        tidy_name(row["name"]) or None,
        tidy_person(row["person"]) or None,
        row["division"][:6] or None,
        address.place or None,
        address.numbers or None,
        tidy_phone(row["phone"]) or None,
        row["status"] or None,
        row["paid"] or None,
    )


def read_pairs(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Pairs that people decided: list and key, twice."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        yield from (
            (left_list, left, right_list, right) for left_list, left, right_list, right in csv.reader(file)
        )
