"""Workbooks, Parquet, GeoPackage and text in any usual encoding end in the same rows, or are refused."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from openpyxl import Workbook
from tests.engines.registers.formats import write_geopackage, write_parquet, write_workbook

from yiwang.kernel.codes import make_resident_id
from yiwang.registers.api import load_file
from yiwang.registers.loading.converting.cells import LONGEST_CELL
from yiwang.registers.models import FileLoad
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HEAD = ["id_number", "name", "sex", "birth_date", "residence_division", "phone"]


def number(place: int) -> str:
    return make_resident_id("440199", date(1980, 1, 1), place)


def row(place: int, **changes: object) -> list[object]:
    cells = dict(zip(HEAD, [number(place), f"陈大{place}", "1", "1980-01-01", "440103001101", "13800138000"],
                     strict=True))  # fmt: skip
    return list((cells | changes).values())


def load(file, **facts):
    officer = an_officer(facts.pop("by", "public_security"), "handler", account=11)
    return load_file(actor=officer, at=AT, register=facts.pop("register", "persons"), file=file, **facts)


def people() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, birth_date, phone FROM reg.persons ORDER BY id_number")
        return cursor.fetchall()


def found(report) -> list[tuple[int, str, str]]:
    return [(p.line, p.field, p.reason.en) for p in report.problems]


BORN = date(1980, 1, 1)


def test_d10_a_workbook_is_loaded_with_its_dates_as_days(city, tmp_path):
    file = write_workbook(
        tmp_path / "people.xlsx",
        [HEAD, row(1, birth_date=datetime(1980, 1, 1)), [], row(2, sex=1, phone=None)],
    )

    report = load(file)

    assert (report.rows, report.loaded, report.problems) == (2, 2, ())
    assert people() == [("陈大1", BORN, "13800138000"), ("陈大2", BORN, None)]
    assert len(FileLoad.objects.get().sha256) == 64


def test_d10_formulas_and_rounded_numbers_of_a_workbook_are_refused_by_row(city, tmp_path):
    file = write_workbook(
        tmp_path / "people.xlsx",
        [HEAD, row(1, name='=HYPERLINK("x")'), row(2, id_number=440199198001010029.0), row(3)],
    )

    report = load(file, on_bad_rows="take_good")

    assert found(report) == [
        (2, "name", "The cell is a spreadsheet formula, which is not taken"),
        (3, "id_number",
         "A number of more than 15 digits, which the spreadsheet has rounded; format the column as text"),
    ]  # fmt: skip
    assert (report.rows, report.loaded, report.bad_rows) == (3, 1, 2)
    assert people() == [("陈大3", BORN, "13800138000")]


def test_d10_parquet_is_loaded_and_upload_streams_as_well(city, tmp_path):
    file = write_parquet(tmp_path / "people.parquet", [HEAD, row(1), row(2, phone=None)])

    with file.open("rb") as stream:
        report = load(io.BytesIO(stream.read()))

    assert (report.rows, report.loaded, report.problems) == (2, 2, ())
    assert people() == [("陈大1", BORN, "13800138000"), ("陈大2", BORN, None)]


def a_square(west: float, south: float, side: float) -> str:
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return _wkb([(west + side * x, south + side * y) for x, y in corners])


def _wkb(points: list[tuple[float, float]]) -> str:
    with connection.cursor() as cursor:
        text = ", ".join(f"{x} {y}" for x, y in points)
        cursor.execute("SELECT encode(ST_AsBinary(ST_GeomFromText(%s)), 'hex')", [f"POLYGON(({text}))"])
        return str(cursor.fetchone()[0])


def test_d10_areas_of_a_geopackage_are_transformed_and_crossing_ones_refused(plots, tmp_path):
    bow = _wkb([(38430000, 2558000), (38430100, 2558100), (38430100, 2558000), (38430000, 2558100),
                (38430000, 2558000)])  # fmt: skip
    file = write_geopackage(
        tmp_path / "plots.gpkg",
        {"number": ["A-1", "A-2"]},
        [a_square(38430000, 2558000, 100), bow],
        crs="EPSG:4526",
    )

    report = load(file, register="plots", by="planning", on_bad_rows="take_good", columns={"geom": "shape"})

    assert found(report) == [(2, "shape", "The border crosses itself, or rings cross each other")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, ST_SRID(shape), GeometryType(shape), round(ST_X(ST_Centroid(shape))::numeric, 3),"
            " round(ST_Y(ST_Centroid(shape))::numeric, 3) FROM reg.plots"
        )
        assert cursor.fetchall() == [
            ("A-1", 4490, "MULTIPOLYGON", Decimal("113.317"), Decimal("23.121")),
        ]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("shape", "POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))",
         "The border crosses itself, or rings cross each other"),
        ("shape", "POLYGON((0 0, 1 1", "Not an area in WKT or GeoJSON such as POLYGON((113.26 23.12, "
         "113.27 23.12, 113.27 23.13, 113.26 23.12))"),
        ("shape", "POINT(113 23)", "Not an area in WKT or GeoJSON such as POLYGON((113.26 23.12, "
         "113.27 23.12, 113.27 23.13, 113.26 23.12))"),
        ("axis", "LINESTRING(500 23, 501 23)",
         "Not a line in WKT or GeoJSON such as LINESTRING(113.26 23.12, 113.27 23.13)"),
        ("entrance", "SRID=999999;POINT(113 23)", "Not “longitude latitude” such as 113.2644 23.1291"),
    ],
)  # fmt: skip
def test_d10_shapes_that_are_none_are_refused_with_the_reason(plots, column, value, reason):
    report = load(io.BytesIO(f'number,{column}\nA-1,"{value}"\n'.encode()), register="plots", by="planning")

    assert found(report) == [(2, column, reason)]
    assert report.loaded == 0


def test_d10_shapes_come_as_wkt_and_geojson(plots):
    text = json.dumps({"type": "LineString", "coordinates": [[113.26, 23.12], [113.27, 23.13]]})
    cell = text.replace('"', '""')

    report = load(
        io.BytesIO(f'number,axis,entrance\nA-1,"{cell}",113.26 23.12\n'.encode()),
        register="plots", by="planning",
    )  # fmt: skip

    assert report.loaded == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT ST_AsText(axis), ST_AsText(entrance) FROM reg.plots")
        assert cursor.fetchone() == (
            "MULTILINESTRING((113.26 23.12,113.27 23.13))", "POINT(113.26 23.12)",
        )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_d10_encoding_and_separator_are_found(city, encoding, separator):
    lines = "\r\n".join(separator.join(str(cell) for cell in each) for each in [HEAD, row(1), row(2)])

    report = load(io.BytesIO(lines.encode(encoding)))

    assert (report.loaded, report.problems) == (2, ())
    assert [name for name, *_ in people()] == ["陈大1", "陈大2"]


def test_d10_broken_utf_16_is_named_by_line(city):
    lines = "\n".join(",".join(str(cell) for cell in each) for each in [HEAD, row(1)])

    report = load(io.BytesIO(lines.encode("utf-16") + b"\x00\xd8\x41\x00"))

    assert found(report) == [(2, "", "Not valid UTF-16")]
    assert people() == []


def a_package(path, parts: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def a_bomb(path):
    book = path.with_suffix(".good")
    write_workbook(book, [HEAD])
    with zipfile.ZipFile(book) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    parts["xl/worksheets/sheet1.xml"] += b" " * 60_000_000
    return a_package(path, parts)


def an_entity(path):
    book = path.with_suffix(".good")
    write_workbook(book, [HEAD])
    with zipfile.ZipFile(book) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + sheet
    return a_package(path, parts)


def half_a_parquet(path):
    write_parquet(path, [HEAD, row(1)])
    path.write_bytes(path.read_bytes()[:-50])
    return path


def an_empty_book(path):
    Workbook().save(path)
    return path


def a_huge_cell(path):
    return write_parquet(path, [HEAD, row(1, name="名" * (LONGEST_CELL + 1))])


@pytest.mark.parametrize(
    ("make", "problems"),
    [
        (a_bomb, [(1, "", "The package unpacks to far too much")]),
        (an_entity, [(1, "", "Holds an XML declaration that is not allowed")]),
        (
            lambda path: a_package(path, {"x": b"y"}),
            [(1, "", "The package holds no Shapefile (.shp), KML or workbook")],
        ),
        (half_a_parquet, [(1, "", "The file is damaged or not of this format")]),
        (an_empty_book, [(1, "", "The file is empty")]),
        (a_huge_cell, [(1, "name", "A cell is too long (a shape has 100,000 corners at most)")]),
    ],
    ids=["bomb", "entity", "no workbook", "cut off", "empty", "huge cell"],
)
def test_d10_files_made_to_harm_are_refused_whole(city, tmp_path, make, problems):
    report = load(make(tmp_path / "bad"))

    assert found(report) == problems
    assert (report.loaded, people()) == (0, [])


def test_d41_the_web_never_loads_the_libraries_of_formats(web_modules: frozenset[str]):
    assert {"pyarrow", "pyogrio"} & web_modules == set()
