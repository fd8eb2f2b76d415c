"""Where the rows of an export go: each format takes lines of CSV and leaves a file."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from yiwang.platform.contracts import StorageFull
from yiwang.registers.contracts import ExportFormat
from yiwang.registers.exporting.cut import Cut

Put = Callable[[bytes], object]
_FULL = {errno.ENOSPC, errno.EDQUOT}
_BUFFER = 1 << 20
_WRITERS = {
    ExportFormat.PARQUET: "parquet",
    ExportFormat.GPKG: "geopackage",
    ExportFormat.FLATGEOBUF: "flatgeobuf",
    ExportFormat.SHAPEFILE: "shapefile",
    ExportFormat.SHAPEFILE_GB: "shapefile",
}
_ENCODINGS = {ExportFormat.SHAPEFILE_GB: "GB18030"}
_SEPARATED = frozenset({ExportFormat.CSV, ExportFormat.CSV_WKT})
#: RFC 8142: a record separator before each text, a line feed behind it.
_SEPARATOR = b"\x1e"


class ExportBroken(Exception):
    """The process that writes the format failed."""


@contextmanager
def sink(path: Path, form: ExportFormat, cut: Cut) -> Iterator[Put]:
    """Give what takes one line of CSV after the other; the file is whole when this ends without a fault.

    Raises:
        StorageFull: the disk has no room.
    """
    try:
        if form in _WRITERS:
            with _written_by_process(path, form, cut) as put:
                yield put
            return
        with path.open("wb", buffering=_BUFFER) as file:
            if form in _SEPARATED:
                # the mark lets spreadsheets read UTF-8
                file.write(b"\xef\xbb\xbf" + ",".join(f.name for f in cut.fields).encode() + b"\n")
            if form is ExportFormat.GEOJSON:
                yield from _collection_into(file)
            else:
                yield _features_into(file) if form is ExportFormat.GEOJSONSEQ else file.write
    except OSError as problem:
        if problem.errno in _FULL:
            raise StorageFull from problem
        raise


def _features_into(file: IO[bytes]) -> Put:
    """One cell a line, which is a feature; its quotation marks are doubled as CSV has them."""

    def put(line: bytes) -> None:
        file.write(_SEPARATOR + line[1:-2].replace(b'""', b'"') + b"\n")

    return put


def _collection_into(file: IO[bytes]) -> Iterator[Put]:
    """One collection of RFC 7946, a feature a line."""
    file.write(b'{"type":"FeatureCollection","features":[')
    before = b"\n"

    def put(line: bytes) -> None:
        nonlocal before
        file.write(before + line[1:-2].replace(b'""', b'"'))
        before = b",\n"

    yield put
    file.write(b"\n]}\n")


@contextmanager
def _written_by_process(path: Path, form: ExportFormat, cut: Cut) -> Iterator[Put]:
    # removed by this process, so that nothing stays of one that was killed
    with TemporaryDirectory(prefix="writing-", dir=path.parent) as scratch:
        order = {
            "path": str(path),
            "layer": cut.name,
            "scratch": scratch,
            "columns": cut.typed_columns(),
            "titles": {field.name: [field.title.zh, field.title.en] for field in cut.fields},
            "shape": cut.shape.name if cut.shape else "",
            "shape_type": cut.shape_type,
            "system": cut.system,
            "encoding": _ENCODINGS.get(form, "UTF-8"),
        }
        with _process(form, order) as put:
            yield put


@contextmanager
def _process(form: ExportFormat, order: dict[str, object]) -> Iterator[Put]:
    module = f"yiwang.registers.exporting.converting.{_WRITERS[form]}"
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-m", module, json.dumps(order)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[3]), "OMP_NUM_THREADS": "1"},
        cwd="/",
        bufsize=_BUFFER,
    )
    try:
        if process.stdin is None:
            raise ExportBroken
        try:
            yield process.stdin.write
            process.stdin.close()
        except BrokenPipeError as problem:
            raise ExportBroken from problem
        if process.wait() != 0:
            raise ExportBroken
    finally:
        process.kill()
        process.wait()
