"""Rows a second of exports by format, against a bare COPY TO of the same columns; and peak memory.

Each export writes its trace line and the marks of everybody concerned. Memory is the peak of a process of
its own, for the program and for the process that writes the format; it is taken at a tenth of the rows and at
all of them. Areas follow (:mod:`benchmarks.exported_shapes`). Needs an empty, migrated database.

Run: ``./yiwang bench exports``, or ``PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=yiwang.server.settings
YIWANG_DATABASE_URL=… python -m benchmarks.exports``
"""

from __future__ import annotations

import json
import logging
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.progress import told  # noqa: E402 - Django first
from benchmarks.registers import write_people  # noqa: E402
from benchmarks.table import table  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.exchange.contracts import Purpose  # noqa: E402
from yiwang.platform import command as command_module  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.registers import api  # noqa: E402
from yiwang.registers.contracts import ExportFormat  # noqa: E402
from yiwang.registers.geographic import GEOGRAPHIC  # noqa: E402
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs  # noqa: E402

_SOURCE = "public_security"
_FORMS = [form for form in ExportFormat if form not in GEOGRAPHIC]
_WHY = Purpose(kind="own_duty", reference="bench")


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    if "--one" in arguments:
        one(arguments[-1])
        return
    people = 50_000 if "--tiny" in arguments else 1_000_000
    told("Applying the base registers")
    apply_packs(ROOT / "packs", ["population", "legal_entity", "licence_catalogue"], at=timezone.now())
    figures: dict[tuple[str, int], dict[str, float]] = {}
    for size in (people // 10, people):
        fill(size)
        for name in ["bare", *_FORMS]:
            told(f"{name}: {size:,} rows")
            figures[str(name), size] = apart(str(name))
    show(figures, people)
    connection.close()
    subprocess.run([sys.executable, "-m", "benchmarks.exported_shapes", *arguments], check=True)


def fill(people: int) -> None:
    """Nobody but these people in the register."""
    with TemporaryDirectory() as folder, connection.cursor() as cursor:
        cursor.execute("TRUNCATE reg.persons")
        file, _ = write_people(Path(folder), people, dirt=0.0)
        with file.open("rb") as source:
            api.load_file(
                actor=Actor.system("bench"),
                at=timezone.now(),
                register="persons",
                file=source,
                source=_SOURCE,
            )
        cursor.execute("VACUUM ANALYZE reg.persons")


def apart(name: str) -> dict[str, float]:
    """One export in a process of its own, so that its peak is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", "--one", name],
        stdout=subprocess.PIPE, check=True, env=os.environ.copy(),
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def one(name: str) -> None:
    """Print rows, seconds, bytes and peaks of one export."""
    figures_of(bare if name == "bare" else lambda: export(ExportFormat(name)))


def figures_of(act: Callable[[], tuple[int, int]]) -> None:
    """Print rows, seconds, bytes and peaks of an act."""
    begun = time.perf_counter()
    rows, size = act()
    seconds = time.perf_counter() - begun
    writer = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "seconds": seconds, "bytes": size, "own": own_peak(), "writer": writer}))
    connection.close()


def own_peak() -> float:
    """MiB; from the kernel's own book, for what getrusage tells is inherited from the parent."""
    [line] = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@contextmanager
def ruled() -> Iterator[None]:
    """Roles as declared, as in tests: the city of a benchmark has no postings."""
    before = command_module._guards[:]
    command_module.install_guard(DefaultRolesGuard())
    try:
        yield
    finally:
        command_module._guards[:] = before


def bare() -> tuple[int, int]:
    """What PostgreSQL does by itself, to a file of this program."""
    names = ", ".join(api.get_register("persons").names)
    with TemporaryDirectory() as folder, (Path(folder) / "bare.csv").open("wb") as file:
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY (SELECT {names} FROM reg.persons) TO STDOUT (FORMAT csv)") as copy:
                for message in copy:
                    file.write(message)
            rows = cursor.rowcount
        return rows, file.tell()


def export(
    form: ExportFormat, register: str = "persons", owner: str = _SOURCE, *, keep: Path | None = None
) -> tuple[int, int]:
    """The act itself; the file is removed again, or put where ``keep`` says."""
    officer = an_officer(owner, "handler", account=1)
    at = timezone.now()
    with ruled():
        number = api.ask_export(actor=officer, at=at, register=register, form=form, purpose=_WHY)
        api.make_export(actor=officer, at=at, export_id=number)
    made = api.get_export(actor=officer, export=number)
    assert made.path is not None
    size = made.path.stat().st_size
    if keep is not None:
        shutil.copyfile(made.path, keep)
    made.path.unlink()
    return made.rows or 0, size


def show(figures: dict[tuple[str, int], dict[str, float]], people: int) -> None:
    floor = figures["bare", people]
    rows = []
    for name in ["bare", *_FORMS]:
        small, large = figures[str(name), people // 10], figures[str(name), people]
        rate = large["rows"] / large["seconds"]
        rows.append(
            (
                "bare COPY TO" if name == "bare" else str(name),
                f"{rate:,.0f}",
                f"{rate / (floor['rows'] / floor['seconds']):.2f}",
                f"{large['bytes'] / 1e6:,.0f}",
                f"{small['own']:,.0f} → {large['own']:,.0f}",
                f"{small['writer']:,.0f} → {large['writer']:,.0f}",
            )
        )
    table(
        (f"export of {people:,} people", "rows/s", "of COPY TO", "MB",
         f"peak MiB at {people // 10:,} → {people:,}", "of the writing process"),
        rows,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
