"""Differences of all firms, read cluster by cluster."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import duckdb

from yiwang.registers.matching.rules.differences import ABSENCES, Difference, Kind, Role, Row, differences

_BATCH = 50_000
HEAD = ("kind", "list", "key", "other_list", "other_key")


def write_differences(
    connection: duckdb.DuckDBPyConnection,
    *,
    members: Path,
    lists: Sequence[str],
    roles: Mapping[str, Role],
    doubted: Container[tuple[str, str]],
    to: Path,
) -> dict[str, int]:
    """Write every difference; gives how many of each kind."""
    counts: Counter[str] = Counter()
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for rows in _clusters(connection, members, lists):
            found = list(differences(rows, roles))
            # while people judge whether two rows are one firm, nobody is told that a row is missing
            if any((row.list, row.key) in doubted for row in rows):
                found = [each for each in found if each.kind not in ABSENCES]
            writer.writerows(found)
            counts.update(difference.kind.value for difference in found)
        for difference in _of_another(connection, lists):
            writer.writerow(difference)
            counts[difference.kind.value] += 1
    return dict(sorted(counts.items()))


def _clusters(
    connection: duckdb.DuckDBPyConnection, members: Path, lists: Sequence[str]
) -> Iterator[list[Row]]:
    connection.execute("CREATE OR REPLACE TABLE names (list TINYINT, name VARCHAR)")
    connection.executemany("INSERT INTO names VALUES (?, ?)", [list(pair) for pair in enumerate(lists)])
    cursor = connection.cursor()
    cursor.execute(
        "SELECT m.cluster, m.list, m.key, coalesce(r.signs, ''), r.kind = 'sound', coalesce(r.core, ''), "
        "coalesce(r.person, ''), coalesce(r.place || ' ' || coalesce(r.numbers, ''), ''), "
        "coalesce(r.status, ''), coalesce(r.paid, '') "
        f"FROM read_csv('{members}', header = true, all_varchar = true) m "
        "JOIN names n ON n.name = m.list JOIN rows r ON r.list = n.list AND r.key = m.key "
        "ORDER BY m.cluster, r.list, r.key"
    )
    for _, rows in groupby(_cells(cursor), key=lambda found: found[0]):
        yield [row for _, row in rows]


def _cells(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Row]]:
    while batch := cursor.fetchmany(_BATCH):
        for cluster, name, key, signs, sound, core, person, house, status, paid in batch:
            yield cluster, Row(name, key, signs, sound, core, person, house, status, Decimal(paid or 0))


def _of_another(connection: duckdb.DuckDBPyConnection, lists: Sequence[str]) -> Iterator[Difference]:
    """Rows with a code that others have, who agree with them on nothing."""
    found = connection.execute(
        "SELECT o.list, o.key, any_value(other.list), min(other.key) "
        "FROM (SELECT r.list, r.key, d.code FROM odd d JOIN rows r ON r.rowid = d.row) o "
        "JOIN coded c ON c.code = o.code JOIN rows other ON other.rowid = c.row "
        "WHERE (other.list, other.key) <> (o.list, o.key) AND other.list = ("
        "  SELECT min(r2.list) FROM coded c2 JOIN rows r2 ON r2.rowid = c2.row "
        "  WHERE c2.code = o.code AND (r2.list, r2.key) <> (o.list, o.key)) "
        "GROUP BY o.list, o.key ORDER BY 1, 2"
    ).fetchall()
    for place, key, other, other_key in found:
        yield Difference(Kind.CODE_OF_ANOTHER, lists[place], key, lists[other], other_key)
