"""A file's reader has so much memory and time and no more, and says so; one limit of corners for all."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.engines.registers.formats import write_geopackage, write_parquet, write_workbook
from tests.engines.registers.test_geographic_files import packed

from yiwang.registers.api import load_file
from yiwang.registers.loading.converted import ConvertedRecords, Kind
from yiwang.registers.loading.records import LineFault
from yiwang.registers.rules.shapes import MOST_CORNERS
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
#: What the interpreter and the libraries have taken already is more: whoever asks for another page gets none.
_TINY = 1 << 24
#: A wheel of so many corners behind a small square, written by the library itself.
_WHEEL = """
import sys, numpy as np, pyogrio
path, driver, corners = sys.argv[1], sys.argv[2], int(sys.argv[3])
turns = np.linspace(0, 2 * np.pi, corners - 1, endpoint=False)
ring = np.stack([113.26 + 0.01 * np.cos(turns), 23.13 + 0.01 * np.sin(turns)], axis=1)
ring = np.concatenate([ring, ring[:1]])
def wkb(ring):
    head = np.array([1], "u1").tobytes() + np.array([3, 1, len(ring)], "<u4").tobytes()
    return head + ring.astype("<f8").tobytes()
small = np.array([[113.2, 23.1], [113.201, 23.1], [113.201, 23.101], [113.2, 23.1]])
names = [np.array(["A1", "A2"], dtype=object)]
pyogrio.raw.write(path, np.array([wkb(small), wkb(ring)], dtype=object), names, ["number"],
    geometry_type="Polygon", crs="EPSG:4490", driver=driver)
"""
_REFUSED = f"The shape has more than {MOST_CORNERS:,} corners; simplify it, or make several entries of it"


def _wheel(path: Path, driver: str, corners: int) -> Path:
    words = [sys.executable, "-W", "ignore", "-c", _WHEEL, str(path), driver, str(corners)]
    subprocess.run(words, check=True, stderr=subprocess.PIPE)
    return path


def _shapefile(folder: Path, corners: int) -> Path:
    _wheel(folder / "rows.shp", "ESRI Shapefile", corners)
    package = folder / "rows.zip"
    package.write_bytes(packed({each.name: each.read_bytes() for each in folder.glob("rows.*")}))
    return package


def _files(folder: Path) -> dict[Kind, Path]:
    rows = [["number"], *([f"A{number}"] for number in range(2_000))]
    line = {"type": "Feature", "properties": {"number": "A1"}, "geometry": None}
    vector = folder / "rows.geojson"
    vector.write_text(json.dumps({"type": "FeatureCollection", "features": [line] * 2_000}))
    square = "0103000000010000000400000000000000000000000000000000000000000000000000f03f0000000000000000"
    square += "000000000000f03f000000000000f03f00000000000000000000000000000000"
    return {
        "zip": write_workbook(folder / "rows.xlsx", rows),
        "parquet": write_parquet(folder / "rows.parquet", rows),
        "gpkg": write_geopackage(folder / "rows.gpkg", {"number": ["A1"]}, [square], crs="EPSG:4490"),
        "vector": vector,
    }


def _read_all(records: ConvertedRecords) -> None:
    records.head()
    for _ in records:
        pass


def _fault(path: Path, kind: Kind, **bounds: int) -> str:
    """Read a file to its end; gives in English why it could not be."""
    records = ConvertedRecords(path, kind, system="4490" if kind == "vector" else "", **bounds)
    try:
        with pytest.raises(LineFault) as refused:
            _read_all(records)
        return refused.value.reason.en
    finally:
        records.close()


def test_d10_a_reader_without_memory_is_ended_and_says_so(tmp_path: Path) -> None:
    for kind, path in _files(tmp_path).items():
        assert _fault(path, kind, memory=_TINY) == "The file unpacks to more than the memory allowed", kind


def test_d10_a_reader_that_computes_for_too_long_is_ended_and_says_so(tmp_path: Path) -> None:
    line = '{"type": "Feature", "properties": {"number": "A1"}, "geometry": null}'
    path = tmp_path / "rows.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [' + ",\n".join([line] * 200_000) + "]}")
    assert _fault(path, "vector", seconds=1) == "Reading the file takes longer than allowed"


@pytest.mark.parametrize("form", ["gpkg", "shapefile"])
def test_d10_a_shape_of_a_million_corners_is_named_with_the_limit(plots, tmp_path: Path, form: str) -> None:
    planner = an_officer("planning", "handler", account=31)
    made = (
        _shapefile(tmp_path, 1_000_000)
        if form == "shapefile"
        else _wheel(tmp_path / "rows.gpkg", "GPKG", 1_000_000)
    )
    columns = {"wkb_geometry" if form == "shapefile" else "geom": "shape", "number": "number"}
    report = load_file(actor=planner, at=AT, register="plots", file=made, columns=columns)
    assert [(each.line, each.field, each.reason.en) for each in report.problems] == [(2, "shape", _REFUSED)]
    assert (report.rows, report.loaded, report.bad_rows) == (2, 0, 1)


def test_d10_the_limit_of_corners_is_one_for_text_and_binary(plots, tmp_path: Path) -> None:
    planner = an_officer("planning", "handler", account=31)
    whole = _wheel(tmp_path / "rows.gpkg", "GPKG", MOST_CORNERS - 100)
    report = load_file(
        actor=planner, at=AT, register="plots", file=whole, columns={"geom": "shape", "number": "number"}
    )
    assert [each.reason.en for each in report.problems] == []

    for corners, expected in ((MOST_CORNERS - 100, []), (MOST_CORNERS + 1, [(2, "shape", _REFUSED)])):
        turns = [2 * math.pi * turn / (corners - 1) for turn in range(corners - 1)]
        places = [f"{113.3 + math.cos(each) / 100:.7f} {23.2 + math.sin(each) / 100:.7f}" for each in turns]
        path = tmp_path / "rows.csv"
        path.write_text(f'number,shape\nB{len(expected)},"POLYGON(({",".join([*places, places[0]])}))"\n')
        report = load_file(actor=planner, at=AT, register="plots", file=path)
        assert [(each.line, each.field, each.reason.en) for each in report.problems] == expected
