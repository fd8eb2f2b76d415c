"""Rows that another process reads out of a workbook, a Parquet file or a GeoPackage."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Literal

from yiwang.kernel.text import Text
from yiwang.registers.loading.records import CellFault, LineFault, Record

Kind = Literal["zip", "parquet", "gpkg", "vector"]
#: How files of each kind begin.
_BEGINNINGS: dict[bytes, Kind] = {b"PK\x03\x04": "zip", b"PAR1": "parquet", b"SQLite format 3\x00": "gpkg"}
BEGINNING = 16
#: GeoJSON, RFC 8142, KML and DXF; no table begins so.
_VECTOR = re.compile(rb"^(\xef\xbb\xbf)?\s*(\{|\x1e|<|0\r?\n\s*SECTION|999\r?\n|AutoCAD Binary)")
_READERS = {"zip": "packed", "parquet": "parquet", "gpkg": "geopackage", "vector": "vectors"}
#: Drivers of GDAL that read other files or places than the one given, or take what is not theirs.
_NO_DRIVERS = (
    "OGR_VRT,GDALG,OAPIF,OGCAPI,WFS,CSW,HTTP,Carto,AmigoCloud,NGW,PLSCENES,Elasticsearch,EEDA,ADBC,GPSBabel,MEM,CSV,GTFS,"
    "TopoJSON,ESRIJSON,JSONFG,MapML,GML,GPX,GeoRSS,JML,LVBAG,XLSX,ODS,PGDUMP,SQLite,PDF,MVT"
)
_BROKEN = Text(
    "文件无法读取：已损坏或展开后过大", "The file can't be read: damaged, or it unpacks to too much"
)
_TOO_LONG = Text("读取文件超过时限", "Reading the file takes longer than allowed")
_REFUSED = 3
#: Address space, which libraries reserve more of than they use. Measured: a million rows of ten columns need
#: 60 MiB (workbook), 180 MiB (Parquet), 190 MiB (GeoPackage).
MOST_MEMORY = 3 << 30
#: Of computing; nobody reads a file for longer.
MOST_SECONDS = 6 * 3600


def kind_of(head: bytes) -> Kind | None:
    """Tell a kind by the first bytes; None for text."""
    marked = next((kind for mark, kind in _BEGINNINGS.items() if head.startswith(mark)), None)
    return marked or ("vector" if _VECTOR.match(head) else None)


class ConvertedRecords:
    """Records of a file in a format that needs a library."""

    encoding = ""
    delimiter = ""

    def __init__(
        self,
        path: Path,
        kind: Kind,
        *,
        system: str = "",
        memory: int = MOST_MEMORY,
        seconds: int = MOST_SECONDS,
    ) -> None:
        self.path = path
        #: A form of its own for days: workbooks and Parquet have instants where a day is meant.
        self.has_types = True
        self.line = 0
        self._errors: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with the process
        # emptied by this process, so that nothing stays of a reader that was killed
        self._folder = TemporaryDirectory(prefix="reading-", dir=path.parent)
        module = f"yiwang.registers.loading.converting.{_READERS[kind]}"
        words = [str(path.resolve()), self._folder.name, system, str(memory), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, and a path that we made
            [sys.executable, "-P", "-m", module, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                "PYTHONPATH": _source_root(),
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "GDAL_SKIP": _NO_DRIVERS,
            },
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
        self._folder.cleanup()

    def _told(self) -> Iterator[object]:
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        for line in self._process.stdout:
            yield json.loads(line)
        if self._process.wait() != 0:
            raise self._fault()

    def _fault(self) -> LineFault:
        self._errors.seek(0)
        said = self._errors.read(10_000)
        if self._process.returncode == -signal.SIGXCPU:
            return LineFault(self.line + 1, _TOO_LONG)
        if self._process.returncode != _REFUSED:
            return LineFault(self.line, _BROKEN)
        told = json.loads(said)
        return LineFault(int(told["line"]) or self.line + 1, Text(told["zh"], told["en"]))


def _source_root() -> str:
    return str(Path(__file__).resolve().parents[3])
