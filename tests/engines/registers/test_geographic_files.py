# ruff: noqa: E501
"""Geographic files on their way in: each format with exact places, and hostile ones that change nothing."""

from __future__ import annotations

import io
import json
import stat
import struct
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from yiwang.registers import api
from yiwang.registers.models import FileLoad
from yiwang.registers.rules.shifted import to_bd09, to_gcj02
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
RING = [[113.25, 23.125], [113.26, 23.125], [113.26, 23.135], [113.25, 23.125]]
COLUMNS = {"wkb_geometry": "shape", "name": "number"}
_WRITE = """
import json, struct, sys, numpy as np, pyogrio
path, driver, crs, encoding = sys.argv[1:5]
given = json.load(sys.stdin)
def wkb(ring):
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *each) for each in ring)
more = {"encoding": encoding} if encoding else {}
pyogrio.raw.write(path, np.array([wkb(ring) for ring in given["rings"]], dtype=object),
    [np.array(given["names"], dtype=object)], ["name"], geometry_type="Polygon", crs=crs or None,
    driver=driver, **more)
"""


def written(path: Path, driver: str, rings, names, *, crs="EPSG:4490", encoding="") -> Path:
    given = json.dumps({"rings": rings, "names": names})
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _WRITE, str(path), driver, crs, encoding],
        input=given, text=True, check=True, stderr=subprocess.PIPE,
    )  # fmt: skip
    return path


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.fixture
def planner(plots):
    return an_officer("planning", "handler", account=31)


@pytest.fixture(scope="module")
def shapefile(tmp_path_factory):
    """The parts of one, in GB 18030."""
    folder = tmp_path_factory.mktemp("shapefile")
    written(folder / "地块.shp", "ESRI Shapefile", [RING], ["越秀A-1"], encoding="GB18030")
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


def load(planner, content: bytes, system: str = "", columns=None):
    return api.load_file(
        actor=planner, at=AT, register="plots", file=io.BytesIO(content), system=system,
        columns=COLUMNS if columns is None else columns,
    )  # fmt: skip


def plots_now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, ST_AsGeoJSON(shape, 9, 0)::json FROM reg.plots ORDER BY number")
        return cursor.fetchall()


def ring_of(shape):
    [[ring]] = shape["coordinates"]
    return sorted(ring[:-1])


def parts_of(shapefile, *but: str) -> dict[str, bytes]:
    return {f"rows{suffix}": content for suffix, content in shapefile.items() if suffix not in but}


def test_d48_a_shapefile_comes_in_whatever_tells_its_encoding(planner, shapefile):
    report = load(planner, packed(parts_of(shapefile)))

    assert (report.rows, report.loaded, report.problems) == (1, 1, ())
    [(number, shape)] = plots_now()
    assert (number, ring_of(shape)) == ("越秀A-1", sorted(RING[:-1]))
    again = load(planner, packed(parts_of(shapefile, ".cpg")))
    # found out by the texts: it is the same number
    assert "already" in again.problems[0].reason.en


@pytest.mark.parametrize(
    ("ending", "driver"),
    [("geojson", "GeoJSON"), ("geojsons", "GeoJSONSeq"), ("kml", "LIBKML"), ("gpkg", "GPKG")],
)
def test_d48_each_format_comes_in_where_it_lies(planner, tmp_path, ending, driver):
    path = written(tmp_path / f"rows.{ending}", driver, [RING], ["B-2"], crs="EPSG:4326")
    left = {"id": "-", "description": "-", "timestamp": "-", "begin": "-", "end": "-", "altitudeMode": "-"}
    left |= dict.fromkeys(["tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet"], "-")

    report = load(planner, path.read_bytes(), columns=left | COLUMNS | {"Name": "number", "geom": "shape"})

    assert report.problems == ()
    [(number, shape)] = plots_now()
    # WGS 84 to CGCS2000 leaves the numbers
    assert (number, ring_of(shape)) == ("B-2", sorted(RING[:-1]))


def test_d48_kmz_is_kml_in_a_package(planner, tmp_path):
    path = written(tmp_path / "rows.kml", "KML", [RING], ["B-2"], crs="EPSG:4326")
    columns = COLUMNS | {"Name": "number", "Description": "-", "description": "-", "name": "number"}
    left = dict.fromkeys(
        ["id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
         "drawOrder", "icon", "snippet"], "-",
    )  # fmt: skip

    report = load(planner, packed({"doc.kml": path.read_bytes()}), columns=left | columns)

    assert (report.problems, report.loaded) == ((), 1)


@pytest.mark.parametrize(("system", "there"), [("gcj02", to_gcj02), ("bd09", to_bd09)])
def test_d48_displaced_coordinates_are_converted_and_marked(planner, tmp_path, system, there):
    away = [list(there(*corner)) for corner in RING]
    path = written(tmp_path / "rows.geojson", "GeoJSONSeq", [away], ["C-3"], crs="EPSG:4326")

    report = load(planner, path.read_bytes(), system)

    [(_, shape)] = plots_now()
    for found, corner in zip(ring_of(shape), sorted(RING[:-1]), strict=True):
        assert found == pytest.approx(corner, abs=1e-6)
    assert FileLoad.objects.get(pk=report.load).system == system


def test_d48_an_unknown_reference_system_is_asked_for(planner, shapefile, tmp_path):
    nowhere = packed(parts_of(shapefile, ".prj"))

    refused = load(planner, nowhere)
    assert [(p.line, p.reason.en) for p in refused.problems] == [
        (
            1,
            "The file doesn't say its reference system, or one without an EPSG number; send it again and choose it",
        )
    ]
    assert "坐标系" in refused.problems[0].reason.zh
    conflict = load(planner, packed(parts_of(shapefile)), "4547")
    assert conflict.problems[0].reason.en.startswith("The file says EPSG:4490, which is not what was chosen")
    assert plots_now() == []
    assert load(planner, nowhere, "4490").loaded == 1

    metres = [
        [423177.555, 2558578.166],
        [424177.555, 2558578.166],
        [424177.555, 2559578.166],
        [423177.555, 2558578.166],
    ]
    path = written(tmp_path / "rows.geojson", "GeoJSONSeq", [metres], ["D-4"], crs="")
    assert (
        load(planner, path.read_bytes(), "4547").problems[0].reason.en.startswith("The file says EPSG:4326")
    )


def test_d48_dxf_says_no_system_and_lies_where_the_officer_says(planner):
    lines = [
        "0", "SECTION", "2", "ENTITIES", "0", "LWPOLYLINE", "8", "E-5", "90", "2", "70", "0",
        "10", "423177.555130", "20", "2558578.166268", "10", "424177.555130", "20", "2558578.166268",
        "0", "ENDSEC", "0", "EOF",
    ]  # fmt: skip
    content = "\n".join(lines).encode() + b"\n"
    left = dict.fromkeys(["Linetype", "EntityHandle", "Text"], "-")
    columns = left | {"Layer": "number", "wkb_geometry": "axis"}

    assert load(planner, content, columns=columns).loaded == 0
    assert load(planner, content, "4547", columns).problems == ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, ST_X(ST_StartPoint(ST_GeometryN(axis, 1))) FROM reg.plots")
        [(number, longitude)] = cursor.fetchall()
    assert (number, round(longitude, 6)) == ("E-5", 113.25)


def _link(shapefile) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        entry = zipfile.ZipInfo("rows.shp")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(entry, "/etc/passwd")
    return file.getvalue()


def _huge(shapefile) -> bytes:
    """A package whose directory declares ten gigabytes."""
    content = bytearray(packed({"rows.shp": b"\0" * 100}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 4_200_000_000)
    return bytes(content)


def _with(shapefile, **changed: bytes) -> bytes:
    return packed(parts_of(shapefile) | {f"rows.{name}": content for name, content in changed.items()})


def _lying(shapefile, suffix: str, at: int, value: bytes) -> bytes:
    part = bytearray(shapefile[suffix])
    part[at : at + len(value)] = value
    return _with(shapefile, **{suffix[1:]: bytes(part)})


HOSTILE = {
    "path": (lambda s: packed({"../../rows.shp": b"x"}), "File 1 of the package has a path that is not allowed"),
    "absolute": (lambda s: packed({"a.txt": b"a", "/etc/rows.shp": b"x"}), "File 2 of the package has a path"),
    "drive": (lambda s: packed({"C:\\rows.shp": b"x"}), "File 1 of the package has a path that is not allowed"),
    "link": (_link, "File 1 of the package is a link"),
    "nested": (lambda s: packed({"inner.zip": packed({"rows.shp": b"x"})}), "File 1 of the package is a package"),
    "bomb": (lambda s: packed({"rows.shp": b"\0" * 60_000_000}), "The package unpacks to far too much"),
    "declared": (_huge, "The package unpacks to far too much"),
    "no dbf": (lambda s: packed(parts_of(s, ".dbf")), "The .dbf file is missing in the package"),
    "no shx": (lambda s: packed(parts_of(s, ".shx")), "The .shx file is missing in the package"),
    "two": (lambda s: packed({**parts_of(s), "b.shp": b"x"}), "There are several Shapefiles in the package"),
    "shx of another": (lambda s: _with(s, shx=s[".shx"] + b"\0" * 8), "The .shx file says that it has 108 bytes"),
    "long shp": (lambda s: _lying(s, ".shp", 24, b"\x7f\xff\xff\xff"), "The .shp file says that it has 4294967294"),
    "many rows": (lambda s: _lying(s, ".dbf", 4, b"\xff\xff\xff\x7f"), "The .dbf file says that it has"),
    "nothing": (lambda s: packed({"readme.txt": b"hello"}), "The package holds no Shapefile (.shp), KML or workbook"),
    "cut off": (lambda s: packed(parts_of(s))[:-40], "The file is damaged or not of this format"),
    "vrt": (lambda s: b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource>"
            b"</OGRVRTLayer></OGRVRTDataSource>", "Not KML, or it holds an XML declaration"),
    "entities": (lambda s: b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "Not KML"),
    "json": (lambda s: b'{"type":"Topology","objects":{}}', "The file is damaged or not of this format"),
    "deep": (lambda s: b'{"type":"FeatureCollection","features":' + b"[" * 100_000, "The file is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_d48_hostile_files_are_named_and_change_nothing(planner, shapefile, name):
    make, reason = HOSTILE[name]

    report = load(planner, make(shapefile))

    assert [problem.reason.en[: len(reason)] for problem in report.problems] == [reason]
    assert report.problems[0].reason.zh != report.problems[0].reason.en
    assert (report.loaded, plots_now()) == (0, [])


def test_d48_bad_shapes_are_named_by_feature_and_field(planner, tmp_path):
    crossing = [[113.2, 23.1], [113.3, 23.2], [113.3, 23.1], [113.2, 23.2], [113.2, 23.1]]
    far = [[500.0, 23.1], [501.0, 23.2], [501.0, 23.1], [500.0, 23.1]]
    rings = [RING, crossing, far]
    path = written(tmp_path / "rows.geojson", "GeoJSONSeq", rings, ["1", "2", "3"], crs="EPSG:4326")
    nan = (
        path.read_bytes()
        + b'{"type":"Feature","properties":{"name":"4"},"geometry":{"type":"Polygon","coordinates":[]}}\n'
    )

    report = load(planner, nan)

    assert [(problem.line, problem.field) for problem in report.problems] == [
        (2, "shape"),
        (3, "shape"),
        (4, "shape"),
    ]
    assert (report.loaded, plots_now()) == (0, [])
