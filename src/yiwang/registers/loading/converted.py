"""Rows that another process reads out of a workbook, a Parquet file or a GeoPackage."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Literal

from yiwang.kernel.text import Text
from yiwang.registers.loading.records import CellFault, LineFault, Record

Kind = Literal["xlsx", "parquet", "gpkg"]
#: How files of each kind begin.
_BEGINNINGS: dict[bytes, Kind] = {b"PK\x03\x04": "xlsx", b"PAR1": "parquet", b"SQLite format 3\x00": "gpkg"}
BEGINNING = 16
_READERS = {"xlsx": "workbook", "parquet": "parquet", "gpkg": "geopackage"}
_BROKEN = Text(
    "文件无法读取：已损坏或展开后过大", "The file can't be read: damaged, or it unpacks to too much"
)
_REFUSED = 3


def kind_of(head: bytes) -> Kind | None:
    """Tell a kind by the first bytes; None for text."""
    return next((kind for mark, kind in _BEGINNINGS.items() if head.startswith(mark)), None)


class ConvertedRecords:
    """Records of a file in a format that needs a library."""

    encoding = ""
    delimiter = ""

    def __init__(self, path: Path, kind: Kind) -> None:
        self.path = path
        #: A form of its own for days: workbooks and Parquet have instants where a day is meant.
        self.has_types = True
        self.line = 0
        self._errors: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(  # noqa: S603 - our own module, and a path that we made
            [sys.executable, "-P", "-m", f"yiwang.registers.loading.converting.{_READERS[kind]}", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={"PYTHONPATH": _source_root(), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            cwd="/",
        )

    def head(self) -> list[str] | None:
        """The names of the columns; None where there is nothing."""
        found = next(self._told(), None)
        return [str(name) for name in found] if isinstance(found, list) and found else None

    def __iter__(self) -> Iterator[Record | CellFault]:
        for found in self._told():
            if isinstance(found, list):
                self.line, *cells = found
                yield Record(self.line, cells)
            elif isinstance(found, dict):
                self.line = int(found["line"])
                yield CellFault(self.line, int(found["place"]), Text(str(found["zh"]), str(found["en"])))

    def close(self) -> None:
        """End the process, done or not."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()

    def _told(self) -> Iterator[object]:
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        for line in self._process.stdout:
            yield json.loads(line)
        if self._process.wait() != 0:
            raise self._fault()

    def _fault(self) -> LineFault:
        self._errors.seek(0)
        said = self._errors.read(10_000)
        if self._process.returncode != _REFUSED:
            return LineFault(self.line, _BROKEN)
        told = json.loads(said)
        return LineFault(int(told["line"]) or self.line + 1, Text(told["zh"], told["en"]))


def _source_root() -> str:
    return str(Path(__file__).resolve().parents[3])
