"""Matching lists of firms: minutes, memory, precision and recall on the generator's truth.

Four departments' lists of 500,000 firms each (5,000 with ``--tiny``). The floor is a join of equal codes
in the same DuckDB, without judging anything: how long it takes, and what it finds and misses.

Run: ``./yiwang bench matching``, or ``PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=yiwang.server.settings
YIWANG_DATABASE_URL=… python -m benchmarks.matching``
"""

from __future__ import annotations

import csv
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

import duckdb  # noqa: E402 - Django first
from benchmarks.progress import told  # noqa: E402
from benchmarks.table import table  # noqa: E402

from yiwang.cli.simulation.grounds import places_of  # noqa: E402
from yiwang.platform.contracts import Json  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.registers.matching.orders import COLUMNS, MEMBERS, Order  # noqa: E402
from yiwang.registers.matching.process import match_files  # noqa: E402
from yiwang.registers.matching.rules.differences import Role  # noqa: E402
from yiwang.registers.synthesis.firm_lists import KINDS, FirmLists  # noqa: E402

_ON = date(2026, 1, 1)
_ROLES = {
    "firms_industry_commerce": Role.LICENCE,
    "firms_quality": Role.CODES,
    "firms_state_tax": Role.TAX,
    "firms_local_tax": Role.TAX,
}
_LISTS = [kind for kind in KINDS if kind.name in _ROLES]
#: A list holds some 93 to 98 of 100 firms.
_FIRMS, _FEW_FIRMS = 538_000, 5_380


def main(arguments: list[str]) -> None:
    firms = _FEW_FIRMS if "--tiny" in arguments else _FIRMS
    with TemporaryDirectory() as name:
        folder = Path(name)
        told(f"Making up {firms:,} firms")
        sizes = write_lists(folder, firms)
        told("Floor: a join of equal codes")
        seconds, by_code = floor(folder)
        begun = time.perf_counter()
        order = Order(lists=tuple(kind.name for kind in _LISTS), roles=_ROLES)
        report = match_files(order, folder, told=lambda stage, rows: told(f"Matching: {stage} {rows:,}"))
        took = time.perf_counter() - begun
        found = score(folder, f"SELECT cluster AS one, list, key FROM read_csv('{folder / MEMBERS}')")
        show(sizes, report, took, found, seconds, by_code)


def write_lists(folder: Path, firms: int) -> dict[str, int]:
    """The lists as the matching takes them, and the truth."""
    sizes = {kind.name: 0 for kind in _LISTS}
    places = places_of(ROOT / "cities" / "guangzhou").neighbourhoods()
    with ExitStack() as files:
        heads = dict.fromkeys(sizes, COLUMNS) | {"truth": ("list", "key", "firm", "slips")}
        writers = {}
        for name, head in heads.items():
            file = files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file)
            writers[name].writerow(head)
        for name, cells in FirmLists(seed=1, neighbourhoods=places, on=_ON, dirt=1.0).rows(firms, _LISTS):
            if name == "firms_truth":
                writers["truth"].writerow(cells)
            else:
                sizes[name] += 1
                writers[name].writerow((*cells[:8], cells[9]))
    return sizes


def floor(folder: Path) -> tuple[float, tuple[float, float]]:
    """Seconds of a join of equal codes, and its precision and recall."""
    begun = time.perf_counter()
    lists = " UNION ALL ".join(
        f"SELECT '{kind.name}' AS list, key, code "
        f"FROM read_csv('{folder / kind.name}.csv', all_varchar = true)"
        for kind in _LISTS
    )
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        connection.execute(f"CREATE TABLE l AS {lists}")
        connection.execute(
            "SELECT count(*) FROM l a JOIN l b ON a.code = b.code AND (a.list, a.key) < (b.list, b.key)"
        ).fetchall()
    seconds = time.perf_counter() - begun
    return seconds, score(folder, f"SELECT coalesce(code, list || key) AS one, list, key FROM ({lists})")


def score(folder: Path, clusters: str) -> tuple[float, float]:
    """Precision and recall over pairs of rows."""
    with duckdb.connect() as connection:
        ((right, found, true),) = connection.execute(
            f"""
            WITH m AS ({clusters}), t AS (SELECT * FROM read_csv('{folder / "truth.csv"}')),
            b AS (SELECT m.one, t.firm FROM m JOIN t USING (list, key)),
            pairs AS (SELECT count(*) * (count(*) - 1) / 2 AS n FROM b GROUP BY one, firm)
            SELECT (SELECT sum(n) FROM pairs),
                (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM b GROUP BY one)),
                (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM b GROUP BY firm))
            """
        ).fetchall()
    return right / found, right / true


def show(
    sizes: dict[str, int],
    report: dict[str, Json],
    took: float,
    found: tuple[float, float],
    seconds: float,
    by_code: tuple[float, float],
) -> None:
    stages = report["seconds"]
    assert isinstance(stages, dict)
    listed = ", ".join(f"{count:,}" for count in sizes.values())
    missed, missed_by_code = 1 - found[1], 1 - by_code[1]
    table(
        (f"matching lists of {listed} rows", "measured"),
        [
            ("minutes", f"{took / 60:.1f}"),
            *((f"seconds, {stage}", f"{part:.1f}") for stage, part in stages.items()),
            ("peak memory, MiB", f"{report['memory_mib']:,}"),
            ("rows placed by code, and left to the model", f"{report['by_code']:,}, {report['left']:,}"),
            ("pairs left to people", f"{report['doubtful']:,}"),
            ("precision", f"**{found[0]:.4f}**"),
            ("recall", f"**{found[1]:.4f}**"),
            ("join of equal codes: seconds", f"{seconds:.1f}"),
            ("join of equal codes: precision", f"{by_code[0]:.4f}"),
            ("join of equal codes: recall", f"{by_code[1]:.4f}"),
            ("time, as a multiple of that join", f"{took / seconds:.0f}"),
            ("pairs that it misses, for one that matching misses", f"{missed_by_code / missed:.0f}"),
            ("differences", ", ".join(f"{kind} {n:,}" for kind, n in _kinds(report).items())),
        ],
    )


def _kinds(report: dict[str, Json]) -> dict[str, Json]:
    kinds = report["kinds"]
    assert isinstance(kinds, dict)
    return kinds


if __name__ == "__main__":
    main(sys.argv[1:])
