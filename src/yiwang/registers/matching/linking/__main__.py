"""``python -m yiwang.registers.matching.linking FOLDER``: does an order; tells progress on standard output.

Each line of standard output is a JSON object with ``stage`` and ``rows``.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from pathlib import Path

import duckdb

from yiwang.registers.matching.linking.asking import first
from yiwang.registers.matching.linking.coded import group_by_code
from yiwang.registers.matching.linking.comparing import write_differences
from yiwang.registers.matching.linking.model import likely_pairs
from yiwang.registers.matching.linking.tidying import read_pairs, take_lists
from yiwang.registers.matching.orders import APART, DIFFERENCES, DOUBTFUL, MEMBERS, ODD, REPORT, SAME, Order
from yiwang.registers.matching.rules.clusters import Joined, join

#: The lists of which each group has a row, a bit a list.
_LISTS_OF_GROUPS = (
    "SELECT p.grp, bit_or(1 << r.list::INT) FROM placed p JOIN rows r ON r.rowid = p.row GROUP BY 1"
)


class _Watch:
    """Seconds of each stage, told as they begin."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._begun = "", time.perf_counter()

    def stage(self, name: str, rows: int = 0) -> None:
        now = time.perf_counter()
        if name != self._stage:
            if self._stage:
                self.seconds[self._stage] = round(now - self._begun, 2)
            self._stage, self._begun = name, now
        sys.stdout.write(json.dumps({"stage": name, "rows": rows}) + "\n")
        sys.stdout.flush()


def main(folder: Path) -> None:
    """Do the order of a folder."""
    order = Order.read(folder)
    watch = _Watch()
    connection = duckdb.connect(str(folder / "matching.duckdb"))
    connection.execute(f"SET memory_limit = '{order.memory}'")
    connection.execute(f"SET threads = {order.threads}")
    connection.execute(f"SET temp_directory = '{folder}'")
    watch.stage("tidying")
    paths = [folder / f"{name}.csv" for name in order.lists]
    rows = take_lists(connection, paths, lambda done: watch.stage("tidying", done))
    watch.stage("codes", rows)
    counts = group_by_code(connection)
    watch.stage("model", counts["left"])
    pairs = likely_pairs(connection, least=order.review, rows=rows) if counts["left"] else []
    watch.stage("joining", len(pairs))
    joined = join(
        pairs,
        lists=dict(connection.execute(_LISTS_OF_GROUPS).fetchall()),
        accept=order.accept,
        review=order.review,
        same=_groups_of(connection, order, folder / SAME),
        apart=_groups_of(connection, order, folder / APART),
    )
    watch.stage("writing", rows)
    doubted = _write(connection, order, folder, joined)
    kinds = {}
    if order.roles:
        watch.stage("differences", rows)
        kinds = write_differences(
            connection,
            members=folder / MEMBERS,
            lists=order.lists,
            roles=order.roles,
            doubted=doubted,
            to=folder / DIFFERENCES,
        )
    watch.stage("done", rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report = {
        **counts, "rows": rows, "pairs": len(pairs), "doubtful": len(joined.doubtful),
        "kinds": kinds, "seconds": watch.seconds, "memory_mib": memory,
    }  # fmt: skip
    (folder / REPORT).write_text(json.dumps(report))


def _groups_of(connection: duckdb.DuckDBPyConnection, order: Order, path: Path) -> list[tuple[int, int]]:
    """The groups of the pairs that people decided; rows that are gone are left out."""
    number = {name: place for place, name in enumerate(order.lists)}
    asked = "SELECT p.grp FROM rows r JOIN placed p ON p.row = r.rowid WHERE r.list = ? AND r.key = ?"
    found = []
    for left_list, left, right_list, right in read_pairs(path):
        one = first(connection, asked, [number.get(left_list, -1), left])
        other = first(connection, asked, [number.get(right_list, -1), right])
        if one and other and one != other:
            found.append((int(str(one[0])), int(str(other[0]))))
    return found


def _write(
    connection: duckdb.DuckDBPyConnection, order: Order, folder: Path, joined: Joined
) -> set[tuple[str, str]]:
    """``members.csv``, ``doubtful.csv`` and ``odd.csv``; gives the rows that are doubted, by list and key."""
    names = list(order.lists)
    root = joined.root
    with (folder / MEMBERS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("cluster", "list", "key", "how"))
        cursor = connection.execute(
            "SELECT p.grp, r.list, r.key, p.alone FROM placed p JOIN rows r ON r.rowid = p.row"
        )
        while batch := cursor.fetchmany(50_000):
            writer.writerows(
                (root[grp], names[place], key, "model" if alone else "code")
                for grp, place, key, alone in batch
            )
    # which row stands for a group; the lowest of its first list
    shown = dict[int, tuple[int, str]]()
    asked = sorted({group for pair in joined.doubtful for group in pair[:2]})
    for start in range(0, len(asked), 1_000):
        part = ", ".join(map(str, asked[start : start + 1_000]))
        query = (
            "SELECT p.grp, min((r.list, r.key)) FROM placed p JOIN rows r ON r.rowid = p.row "
            f"WHERE p.grp IN ({part}) GROUP BY 1"
        )
        shown.update(connection.execute(query).fetchall())
    with (folder / DOUBTFUL).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("list_l", "key_l", "list_r", "key_r", "probability"))
        for pair in joined.doubtful:
            one, other = shown[pair.left], shown[pair.right]
            writer.writerow((names[one[0]], one[1], names[other[0]], other[1], round(pair.probability, 4)))
    with (folder / ODD).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("list", "key", "code"))
        cursor = connection.execute(
            "SELECT r.list, r.key, o.code FROM odd o JOIN rows r ON r.rowid = o.row ORDER BY 1, 2"
        )
        writer.writerows((names[place], key, code) for place, key, code in cursor.fetchall())
    return {(names[place], key) for place, key in shown.values()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
