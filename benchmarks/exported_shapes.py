"""Features a second of geographic exports, against GDAL alone writing the same rows; and peak memory.

A grid of made-up plots, every one an area of eight corners with five attributes. GDAL alone is a process that
only hands the very same rows, which lie ready as Arrow, to pyogrio (:mod:`benchmarks.bare_ogr`).

Run: ``./yiwang bench exported_shapes``, or as the end of ``./yiwang bench exports``
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.exports import export, figures_of  # noqa: E402 - Django first
from benchmarks.progress import told  # noqa: E402
from benchmarks.table import table  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.registers import api  # noqa: E402
from yiwang.registers.contracts import ExportFormat  # noqa: E402
from yiwang.registers.testing import apply_packs  # noqa: E402

REGISTER = "bench_plots"
OWNER = "planning"
FORMS = (ExportFormat.GPKG, ExportFormat.FLATGEOBUF, ExportFormat.SHAPEFILE, ExportFormat.GEOJSON)
#: What GDAL writes by itself.
DRIVERS = {ExportFormat.GPKG: "GPKG", ExportFormat.FLATGEOBUF: "FlatGeobuf"}
Figures = dict[str, float]
_PACK = """
name = "bench"
version = "0.1.0"
title = { zh = "测量", en = "Bench" }
summary = { zh = "测量", en = "Bench" }
owner = "planning"
requires = []
"""
_REGISTER = """
code: bench_plots
title: {zh: 地块, en: Plots}
summary: {zh: 地块, en: Plots}
owner: planning
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 地块号, en: No.}, required: true, unique: true}
  - {id: 2, name: shape, kind: area, title: {zh: 范围, en: Shape}}
  - {id: 3, name: planned_use, kind: text, title: {zh: 规划用途, en: Planned use}}
  - {id: 4, name: storeys, kind: integer, title: {zh: 层数, en: Storeys}}
  - {id: 5, name: price, kind: money, title: {zh: 底价, en: Price}}
  - {id: 6, name: approved, kind: date, title: {zh: 批准日期, en: Approved}}
"""
_LINE = '{code},"POLYGON(({ring}))",{use},{storeys},{price}.50,2026-01-05\n'
_USES = ("居住", "商业", "工业", "绿地", "教育")
_SIDE = 0.0004


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    if "--one" in arguments:
        form = ExportFormat(arguments[-1])
        figures_of(lambda: export(form, REGISTER, OWNER))
        return
    most = 50_000 if "--tiny" in arguments else 1_000_000
    prepare()
    figures: dict[tuple[str, int], Figures] = {}
    for size in (most // 10, most):
        told(f"{size:,} plots")
        fill(size)
        measure(size, figures)
    show(figures, most)
    connection.close()


def measure(size: int, figures: dict[tuple[str, int], Figures]) -> None:
    """Each format, and GDAL alone with the rows of the first."""
    with TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.arrow"
        for form in FORMS:
            told(f"{form}: {size:,} features")
            figures[form, size] = apart("benchmarks.exported_shapes", "--one", form)
        made = Path(folder) / "made.gpkg"
        export(ExportFormat.GPKG, REGISTER, OWNER, keep=made)
        apart("benchmarks.bare_ogr", str(made), str(rows))
        for form, driver in DRIVERS.items():
            figures[driver, size] = apart(
                "benchmarks.bare_ogr", driver, str(rows), str(Path(folder) / f"bare.{api.FORMS[form].suffix}")
            )


def apart(*words: str) -> Figures:
    """In a process of its own, so that its peak is its own."""
    done = subprocess.run(
        [sys.executable, "-m", *words], stdout=subprocess.PIPE, check=True, env=os.environ.copy()
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def prepare() -> None:
    """The register; nothing in it."""
    with TemporaryDirectory() as root:
        pack = Path(root) / "bench"
        (pack / "registers").mkdir(parents=True)
        (pack / "pack.toml").write_text(_PACK)
        (pack / "registers" / f"{REGISTER}.yaml").write_text(_REGISTER)
        apply_packs(Path(root), ["bench"], at=timezone.now())


def fill(size: int) -> None:
    """So many plots, by the register's own way in; an insert by file."""
    with TemporaryDirectory() as folder, connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE reg.{REGISTER}")
        path = Path(folder) / "plots.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("number,shape,planned_use,storeys,price,approved\n")
            file.writelines(_line(number) for number in range(size))
        with path.open("rb") as source:
            api.load_file(
                actor=Actor.system("bench"), at=timezone.now(), register=REGISTER, file=source,
                source=OWNER,
            )  # fmt: skip
        cursor.execute(f"VACUUM ANALYZE reg.{REGISTER}")


def _line(number: int) -> str:
    row, column = divmod(number, 1000)
    west, south = 112.9 + column * _SIDE * 1.25, 22.5 + row * _SIDE * 1.25
    steps = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1), (0, 0))
    ring = ", ".join(f"{west + x * _SIDE / 2:.7f} {south + y * _SIDE / 2:.7f}" for x, y in steps)
    return _LINE.format(
        code=f"P{number:07d}", ring=ring, use=_USES[number % 5], storeys=number % 40 + 1, price=number % 9000
    )


def show(figures: dict[tuple[str, int], Figures], most: int) -> None:
    rows = []
    for name in (*DRIVERS.values(), *FORMS):
        found, few = figures[name, most], figures[name, most // 10]
        rate = found["rows"] / found["seconds"]
        driver = DRIVERS.get(name)
        alone = figures[driver, most] if driver else None
        rows.append(
            (
                str(name) if name in FORMS else f"GDAL alone: {name}",
                f"{rate:,.0f}",
                f"{rate * alone['seconds'] / alone['rows']:.2f}" if alone else "–",
                f"{found['bytes'] / 1e6:,.0f}",
                f"{few['own']:,.0f} → {found['own']:,.0f}",
                f"{few['writer']:,.0f} → {found['writer']:,.0f}",
            )
        )
    table(
        (f"export of {most:,} areas", "features/s", "of GDAL alone", "MB",
         f"peak MiB at {most // 10:,} → {most:,}", "of the writing process"),
        rows,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
