"""Rows a second of a load into a register, against plain COPY of the same rows into the same table.

The register has its indexes, checks, history and journal. The floor is ``COPY`` into a twin of its table,
with all its indexes and checks; beside it, a twin with its indexes alone. Needs an empty, migrated database.

Run: ``./yiwang bench registers``, or ``PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=yiwang.server.settings
YIWANG_DATABASE_URL=… python -m benchmarks.registers``
"""

from __future__ import annotations

import logging
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.progress import told  # noqa: E402 - Django first
from benchmarks.table import spread, table  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.cli.simulation.grounds import places_of  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.registers.api import load_file  # noqa: E402
from yiwang.registers.synthesis.city import city_rows  # noqa: E402
from yiwang.registers.synthesis.files import write_city  # noqa: E402
from yiwang.registers.testing import apply_packs  # noqa: E402

_ON = date(2026, 1, 1)
_WRITER = Actor.system("bench")
_SOURCE = "public_security"
_TWINS = {"COPY, same indexes and checks": "INCLUDING ALL", "COPY, same indexes": "INCLUDING INDEXES"}


@dataclass(frozen=True)
class Size:
    """How many people, how often: a round of a million takes three minutes."""

    people: int = 1_000_000
    rounds: int = 1
    #: Whether a file with faults is loaded too.
    dirty: bool = True


@dataclass
class Measured:
    """Rows a second of each round, seconds of each stage of a load, and memory of the client."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    stages: dict[str, list[float]] = field(default_factory=dict)
    rows: int = 0
    before: int = 0
    after: int = 0


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    size = asked_size(arguments)
    told("Applying the base registers")
    apply_packs(ROOT / "packs", ["population", "legal_entity", "licence_catalogue"], at=timezone.now())
    with TemporaryDirectory() as folder:
        clean, pace = write_people(Path(folder) / "clean", size.people, dirt=0.0)
        dirty = write_people(Path(folder) / "dirty", size.people, dirt=0.03)[0] if size.dirty else None
        measured = Measured(before=peak())
        for number in range(size.rounds):
            for name, including in _TWINS.items():
                told(f"Round {number + 1}: {name}")
                note(measured.rates, name, copy_plainly(clean, including))
            told(f"Round {number + 1}: load")
            note(measured.rates, "load", load(clean, measured, size.people))
            if dirty is not None:
                told(f"Round {number + 1}: load of a file with faults")
                note(measured.rates, "dirty", load(dirty, Measured(), None))
        measured.after = peak()
    show(measured, size, pace)
    connection.close()


def asked_size(arguments: list[str]) -> Size:
    """``--tiny``, ``--large`` (one clean load), or a million."""
    if "--tiny" in arguments:
        return Size(people=100_000)
    return Size(people=10_000_000, dirty=False) if "--large" in arguments else Size()


def write_people(folder: Path, people: int, *, dirt: float) -> tuple[Path, float]:
    """A file of persons; and how many people a second were made up."""
    places = places_of(ROOT / "cities" / "guangzhou").neighbourhoods()
    told(f"Making up {people:,} people, {dirt:.0%} of the rows with faults")
    begun = time.perf_counter()
    write_city(city_rows(people=people, seed=1, neighbourhoods=places, on=_ON, dirt=dirt), folder)
    return folder / "persons.csv", people / (time.perf_counter() - begun)


def note(into: dict[str, list[float]], name: str, value: float) -> None:
    into.setdefault(name, []).append(value)


def peak() -> int:
    """The most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def twin(including: str) -> Iterator[str]:
    """An empty table like that of the register; its system columns fill themselves."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE reg.twin (LIKE reg.persons INCLUDING DEFAULTS {including})")
        for column, value in (
            ("_version", "1"), ("_source", "'public_security'"), ("_valid_from", "current_date"),
            ("_known_from", "now()"), ("_basis", "''"),
        ):  # fmt: skip
            cursor.execute(f"ALTER TABLE reg.twin ALTER COLUMN {column} SET DEFAULT {value}")
    try:
        yield "reg.twin"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE reg.twin")


def copy_plainly(file: Path, including: str) -> float:
    """Rows a second of a bare COPY."""
    with twin(including) as name, file.open("rb") as source:
        head = source.readline().decode().strip()
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY {name} ({head}) FROM STDIN (FORMAT csv)") as copy:
                while chunk := source.read(1 << 16):
                    copy.write(chunk)
            rows = cursor.rowcount
        return rows / (time.perf_counter() - begun)


def load(file: Path, measured: Measured, wanted: int | None) -> float:
    """Rows a second of the command; the register is empty again afterwards."""
    marks: list[tuple[str, float]] = []

    def heard(stage: str, rows: int) -> None:
        if not marks or marks[-1][0] != stage:
            marks.append((stage, time.perf_counter()))

    begun = time.perf_counter()
    with file.open("rb") as source:
        report = load_file(
            actor=_WRITER, at=timezone.now(), register="persons", file=source, source=_SOURCE,
            on_bad_rows="take_good", progress=heard,
        )  # fmt: skip
    ended = time.perf_counter()
    assert wanted in (None, report.loaded)
    measured.rows = report.loaded
    starts = [begun, *(at for _, at in marks[1:]), ended]
    for (stage, _), start, end in zip(marks, starts[:-1], starts[1:], strict=True):
        note(measured.stages, stage, end - start)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reg.persons")
        cursor.execute("VACUUM")
    return report.rows / (ended - begun)


def show(measured: Measured, size: Size, pace: float) -> None:
    rates = measured.rates
    rows = [(name, spread(rates[name])) for name in _TWINS]
    rows.append(("load of the same file", spread(rates["load"])))
    if size.dirty:
        rows.append(("load of a file with 3 in 100 wrong", spread(rates["dirty"])))
    for name in _TWINS:
        ratios = [ours / floor for ours, floor in zip(rates["load"], rates[name], strict=True)]
        rows.append((f"ratio of the load to {name}", spread(ratios, 2)))
    rows += [(f"seconds of a load, {stage}", spread(each, 1)) for stage, each in measured.stages.items()]
    memory = f"{measured.before}, {measured.after}"
    rows.append(("peak memory of the client before and after all loads, MiB", memory))
    rows.append(("people made up a second", f"{pace:,.0f}"))
    table((f"rows a second, {size.people:,} people", "load"), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
