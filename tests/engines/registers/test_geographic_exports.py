"""Files of places: the formats, their reference systems, and what old formats can't hold."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import UTC, datetime

import pytest

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import TraceLine
from yiwang.registers import api
from yiwang.registers.contracts import ExportFormat
from yiwang.registers.geographic import NoShapeToExport, SystemRefused
from yiwang.registers.models import Export
from yiwang.registers.queries.exports import folder
from yiwang.registers.testing import an_officer, apply_packs

from .test_export import _READ_SHAPES, exported, read_by

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
#: Clockwise, as Shapefiles like it and RFC 7946 does not.
AREA = "POLYGON((113.25 23.125, 113.26 23.135, 113.26 23.125, 113.25 23.125))"
RING = [[113.25, 23.125], [113.26, 23.125], [113.26, 23.135], [113.25, 23.125]]
#: A character of GB 18030 with four bytes, and one with two.
LONG = "㐀地" * 70
PLOTS = """
code: sites
title: {zh: 用地, en: Sites}
summary: {zh: 用地, en: Sites}
owner: planning
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 地块号, en: No.}, required: true, unique: true}
  - {id: 2, name: shape, kind: area, title: {zh: 范围, en: Shape}}
  - {id: 3, name: entrance, kind: point, title: {zh: 出入口, en: Entrance}}
  - {id: 4, name: planning_use, kind: text, title: {zh: 规划用途, en: Planned use}}
  - {id: 5, name: planning_unit, kind: text, title: {zh: 规划单元, en: Planning unit}}
  - {id: 6, name: price, kind: money, title: {zh: 底价, en: Price}}
  - {id: 7, name: storeys, kind: integer, title: {zh: 层数, en: Storeys}}
  - {id: 8, name: approved, kind: date, title: {zh: 批准日期, en: Approved}}
"""


PAPERS = """
code: papers
title: {zh: 图纸, en: Papers}
summary: {zh: 图纸, en: Papers}
owner: planning
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 编号, en: No.}, required: true, unique: true}
"""


@pytest.fixture
def planner(city, tmp_path):
    pack = tmp_path / "packs" / "ground"
    (pack / "registers").mkdir(parents=True)
    (pack / "pack.toml").write_text(
        'name = "ground"\nversion = "0.1.0"\ntitle = { zh = "地", en = "Ground" }\n'
        'summary = { zh = "地", en = "Ground" }\nowner = "planning"\nrequires = []\n'
    )
    (pack / "registers" / "sites.yaml").write_text(PLOTS)
    (pack / "registers" / "papers.yaml").write_text(PAPERS)
    apply_packs(tmp_path / "packs", ["ground"], at=APPLIED)
    officer = an_officer("planning", "handler", account=31)
    values = {
        "number": "越秀A-1", "shape": AREA, "entrance": "113.25 23.125", "planning_use": "居住",
        "planning_unit": LONG, "price": "12.50", "storeys": "18", "approved": "2026-01-05",
    }  # fmt: skip
    api.enter_entry(actor=officer, at=AT, register="sites", values=values)
    api.enter_entry(actor=officer, at=AT, register="sites", values={"number": "B-2"})
    return officer


def test_d48_geojson_is_as_rfc_7946_has_it(planner):
    export = exported(planner, ExportFormat.GEOJSON, "sites")

    found = json.loads(export.path.read_text())
    first, second = found["features"]
    assert (set(found), found["type"], export.rows) == ({"type", "features"}, "FeatureCollection", 2)
    assert first["geometry"] == {"type": "MultiPolygon", "coordinates": [[RING]]}
    assert (first["properties"]["number"], first["properties"]["price"]) == ("越秀A-1", "12.50")
    assert (second["geometry"], second["properties"]["number"]) == (None, "B-2")
    assert export.path.read_text().count("\n") == 4


def test_d48_a_flatgeobuf_holds_types_and_an_index(planner):
    export = exported(planner, ExportFormat.FLATGEOBUF, "sites")

    found = read_by(_READ_SHAPES, export.path)
    rows = {row["number"]: row for row in found["rows"]}
    assert (found["crs"], found["type"], len(rows)) == ("EPSG:4490", "MultiPolygon", 1)
    assert (export.rows, rows["越秀A-1"]["storeys"], rows["越秀A-1"]["approved"]) == (
        1, 18, "2026-01-05 00:00:00",
    )  # fmt: skip
    assert export.path.read_bytes()[:4] == b"fgb\x03"
    assert [path for path in folder().iterdir() if path.name.startswith("writing-")] == []


@pytest.mark.parametrize(("form", "coding", "kept"), [("shapefile", "utf-8", 84), ("shp_gb", "gb18030", 84)])
def test_d48_a_shapefile_says_what_dbase_cannot_hold(planner, tmp_path, form, coding, kept):
    export = exported(planner, ExportFormat(form), "sites")

    with zipfile.ZipFile(export.path) as package:
        names = sorted(package.namelist())
        package.extractall(tmp_path / form)
    assert names == ["entries.cpg", "entries.dbf", "entries.prj", "entries.shp", "entries.shx", "fields.csv"]
    assert (tmp_path / form / "entries.cpg").read_text() == coding.upper()
    assert "越秀A-1".encode(coding) in (tmp_path / form / "entries.dbf").read_bytes()
    text = (tmp_path / form / "fields.csv").read_text(encoding="utf-8-sig")
    table = {row["field"]: row for row in csv.DictReader(text.splitlines())}
    assert (table["planning_use"]["column"], table["planning_unit"]["column"]) == ("planning_u", "planning_1")
    assert (table["planning_unit"]["zh"], table["planning_unit"]["texts_cut"]) == ("规划单元", "1")
    found = read_by(_READ_SHAPES, tmp_path / form / "entries.shp")
    first = found["rows"][0]
    assert (first["number"], first["price"], first["storeys"]) == ("越秀A-1", "12.50", 18)
    assert first["planning_1"] == LONG[:kept]


def test_d48_a_reference_system_is_chosen(planner):
    export = exported(planner, ExportFormat.CSV_WKT, "sites", system=4547)
    plain = exported(planner, ExportFormat.CSV_WKT, "sites")
    packed = exported(planner, ExportFormat.GPKG, "sites", system=3857)

    def first(made):
        return next(csv.DictReader(made.path.read_text(encoding="utf-8-sig").splitlines()))

    assert first(plain)["entrance"] == "POINT(113.25 23.125)"
    east, north = (float(each) for each in first(export)["entrance"][6:-1].split())
    # 0.75° west of the middle meridian, whose false easting is 500 km; PROJ says 423177.555 2558578.166
    assert (round(east), round(north)) == (423178, 2558578)
    assert read_by(_READ_SHAPES, packed.path)["crs"] == "EPSG:3857"


def test_d48_what_a_format_cannot_hold_is_refused_and_nothing_made(planner):
    why = Purpose(kind="own_duty", reference="核对")
    asked = {"actor": planner, "at": AT, "purpose": why}

    with pytest.raises(SystemRefused):
        api.ask_export(register="sites", form=ExportFormat.GEOJSON, system=3857, **asked)
    with pytest.raises(SystemRefused):
        api.ask_export(register="sites", form=ExportFormat.GPKG, system=2154, **asked)
    with pytest.raises(NoShapeToExport):
        api.ask_export(register="papers", form=ExportFormat.SHAPEFILE, **asked)
    assert Export.objects.count() == 0
    with pytest.raises(NoShapeToExport):
        exported(planner, ExportFormat.FLATGEOBUF, "sites", fields=["number"])
    assert TraceLine.objects.count() == 0
