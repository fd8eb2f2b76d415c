"""D48: shapes on their way in are repaired where that is asked for, and unlikely places are told."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.db import connection

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.registers import api
from yiwang.registers.address_books import ADDRESS_BOOK, BookAddress
from yiwang.registers.borders import DISTRICTS, Borders
from yiwang.registers.contracts import IntakeState
from yiwang.registers.loading import suspected
from yiwang.registers.models import FileLoad, Intake
from yiwang.registers.rules.shifted import to_bd09, to_gcj02
from yiwang.registers.tables import looked_over
from yiwang.registers.testing import an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
#: Two triangles that meet in the middle.
BOWTIE = "POLYGON((113.25 23.12,113.26 23.13,113.26 23.12,113.25 23.13,113.25 23.12))"
SQUARE = "POLYGON((113.25 23.12,113.26 23.12,113.26 23.13,113.25 23.13,113.25 23.12))"
FLAT = "POLYGON((113.25 23.12,113.26 23.13,113.25 23.12,113.25 23.12))"
SPOTS = """
code: spots
title: {zh: 点位, en: Spots}
summary: {zh: 点位, en: Spots}
owner: planning
key: number
district: division
fields:
  - {id: 1, name: number, kind: text, title: {zh: 编号, en: Number}, required: true, unique: true}
  - {id: 2, name: division, kind: division, title: {zh: 区划, en: Division}}
  - {id: 3, name: address, kind: address, title: {zh: 地址, en: Address}}
  - {id: 4, name: spot, kind: point, title: {zh: 位置, en: Spot}}
"""

WARDS = """
code: wards
title: {zh: 界线, en: Wards}
summary: {zh: 界线, en: Wards}
owner: planning
key: number
fields:
  - {id: 1, name: number, kind: division, title: {zh: 代码, en: Code}, required: true, unique: true}
  - {id: 2, name: shape, kind: area, title: {zh: 范围, en: Shape}}
"""


@pytest.fixture
def planner(plots):
    return an_officer("planning", "handler", account=31)


@pytest.fixture
def spots(planner, tmp_path):
    pack = tmp_path / "spots" / "dots"
    (pack / "registers").mkdir(parents=True)
    (pack / "pack.toml").write_text(
        'name = "dots"\nversion = "0.1.0"\ntitle = { zh = "点", en = "Dots" }\n'
        'summary = { zh = "点", en = "Dots" }\nowner = "planning"\nrequires = []\n'
    )
    (pack / "registers" / "spots.yaml").write_text(SPOTS)
    (pack / "registers" / "wards.yaml").write_text(WARDS)
    apply_packs(tmp_path / "spots", ["dots"], at=AT)
    return planner


def load(officer, text: str, register: str = "plots", **how):
    return api.load_file(actor=officer, at=AT, register=register, file=io.BytesIO(text.encode()), **how)


def rows_of(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_d48_crossing_borders_are_refused_unless_repair_is_asked_for(planner):
    text = f'number,shape\nA,"{SQUARE}"\nB,"{BOWTIE}"\n'

    refused = load(planner, text)
    assert (refused.loaded, refused.bad_rows, refused.noted) == (0, 1, 0)
    assert [(p.line, p.field) for p in refused.problems] == [(3, "shape")]
    assert rows_of("SELECT count(*) FROM reg.plots") == [(0,)]

    repaired = load(planner, text, repairing=True)
    assert (repaired.loaded, repaired.bad_rows, repaired.noted) == (2, 0, 1)
    [note] = repaired.problems
    assert (note.line, note.field) == (3, "shape")
    assert note.reason.zh.startswith("提示：边界线自相交，已修补，面积变化")
    assert rows_of("SELECT number, ST_IsValid(shape), ST_NumGeometries(shape) FROM reg.plots ORDER BY 1") == [
        ("A", True, 1),
        ("B", True, 2),
    ]
    assert FileLoad.objects.get(pk=repaired.load).noted == 1


def test_d48_what_encloses_nothing_is_not_repaired(planner):
    report = load(planner, f'number,shape\nC,"{FLAT}"\nD,"POLYGON EMPTY"\n', repairing=True)

    assert (report.loaded, report.bad_rows, report.noted) == (0, 2, 0)
    assert [(p.line, p.field) for p in report.problems] == [(2, "shape"), (3, "shape")]
    assert rows_of("SELECT count(*) FROM reg.plots") == [(0,)]


def test_d48_an_intake_repairs_too_and_tells_of_it(planner):
    content = f'number,shape\nB,"{BOWTIE}"\n'.encode()
    intake = api.receive_file(
        actor=planner, at=AT, register="plots", name="b.csv", size=len(content), repairing=True
    )
    api.append_part(actor=planner, intake=intake, offset=0, content=content)
    assert api.begin_load(actor=planner, at=AT, intake=intake) is IntakeState.WAITING
    api.load_intake(actor=planner, at=AT, intake=intake)

    found = api.get_intake(actor=planner, intake=intake)
    assert found.report is not None
    assert (found.report.loaded, found.report.noted, len(found.report.problems)) == (1, 1, 1)
    assert rows_of("SELECT to_regclass(format('reg._notes_%s', id)) FROM registers_intake") == [(None,)]
    assert Intake.objects.get(pk=intake).repairing


@pytest.mark.parametrize("head", ["经度,纬度", "lng,lat", "Longitude,Latitude"])
def test_d48_two_columns_of_degrees_make_a_point(spots, head):
    report = load(
        spots, f"number,{head}\nA,113.25,23.125\nB,,\nC,东经,23\n", "spots", on_bad_rows="take_good"
    )

    assert (report.loaded, report.bad_rows) == (2, 1)
    assert [(p.line, p.field) for p in report.problems] == [(4, "spot")]
    assert rows_of("SELECT number, ST_AsText(spot) FROM reg.spots ORDER BY 1") == [
        ("A", "POINT(113.25 23.125)"), ("B", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("system", "there"), [("gcj02", to_gcj02), ("bd09", to_bd09)])
def test_d48_degrees_of_web_maps_in_a_table_are_converted_as_declared(spots, system, there):
    east, north = there(113.25, 23.125)

    load(spots, f"number,经度,纬度\nA,{east:.9f},{north:.9f}\n", "spots", system=system)
    load(spots, f'number,spot\nB,"{east:.9f} {north:.9f}"\n', "spots", system=system)

    for x, y in rows_of("SELECT ST_X(spot), ST_Y(spot) FROM reg.spots"):
        assert (x, y) == pytest.approx((113.25, 23.125), abs=1e-7)
    refused = load(spots, f"number,spot\nC,POINT({east} {north})\n", "spots", system=system)
    assert (refused.loaded, "GeoPackage" in refused.problems[0].reason.en) == (0, True)


def test_d48_metres_in_a_table_are_transformed_as_declared(spots):
    load(spots, "number,x,y\nA,423197,2558367\n", "spots", system="4547")

    [(x, y)] = rows_of("SELECT ST_X(spot), ST_Y(spot) FROM reg.spots")
    assert (x, y) == pytest.approx((113.25, 23.125), abs=2e-3)


class _Book:
    """Knows where each plate of a made-up road lies: 100 metres apart."""

    def suggesting(self) -> str:
        return ""

    def find(self, text: str, *, division: str = "") -> tuple[BookAddress, ...]:
        number = int(text.removesuffix("号").removeprefix("示例路"))
        return (
            BookAddress(
                code=str(number),
                full=text,
                division="440104",
                longitude=113.25 + number / 1000,
                latitude=23.125,
            ),
        )

    def of_code(self, code: str) -> None:
        return None


def spotted(move) -> str:
    lines = ["number,address,经度,纬度"]
    for number in range(1, 31):
        east, north = move(113.25 + number / 1000, 23.125)
        lines.append(f"{number},示例路{number}号,{east:.9f},{north:.9f}")
    return "\n".join(lines)


@pytest.fixture
def book(monkeypatch):
    books: Registry[_Book] = Registry("books of these tests")
    books.register(ADDRESS_BOOK, _Book())
    monkeypatch.setattr(suspected, "ADDRESS_BOOKS", books)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(("name", "there"), [("GCJ-02", to_gcj02), ("BD-09", to_bd09)])
def test_d48_degrees_of_web_maps_are_recognised_and_nothing_is_converted_in_silence(spots, name, there):
    report = load(spots, spotted(there), "spots", on_bad_rows="take_good")

    assert (report.rows, report.loaded) == (30, 0)
    [told] = report.problems
    assert f"坐标疑似 {name}：抽查30行" in told.reason.zh
    assert rows_of("SELECT count(*) FROM reg.spots") == [(0,)]
    as_declared = load(spots, spotted(there), "spots", system=name.replace("-", "").lower())
    assert (as_declared.loaded, as_declared.problems) == (30, ())
    [(x,)] = rows_of("SELECT ST_X(spot) FROM reg.spots WHERE number = '7'")
    assert x == pytest.approx(113.257, abs=1e-7)


@pytest.mark.usefixtures("book")
def test_d48_who_says_that_they_are_right_is_believed_and_right_ones_are_not_suspected(spots):
    assert load(spots, spotted(lambda x, y: (x, y)), "spots").loaded == 30
    text = spotted(to_gcj02).replace("\n", "\n9")
    assert load(spots, text, "spots", system="4326").loaded == 30


def test_d48_shapes_in_unlikely_places_are_noted_and_loaded(spots, monkeypatch):
    for number, west in (("440103", 113.20), ("440104", 113.30)):
        east = west + 0.1
        border = f"POLYGON(({west} 23,{east} 23,{east} 23.2,{west} 23.2,{west} 23))"
        load(spots, f'number,shape\n{number},"{border}"\n', "wards")
    borders: Registry[Borders] = Registry("borders of these tests")
    borders.register(DISTRICTS, Borders(register="wards", division="number", border="shape"))
    monkeypatch.setattr(looked_over, "BORDERS", borders)
    monkeypatch.setattr(
        "yiwang.registers.commands.load_file.division_names",
        lambda: {"440104": Text("越秀区", "Yuexiu District")},
    )

    report = load(
        spots,
        "number,division,spot\nA,440103001,113.25 23.1\nB,440103001,113.35 23.1\nC,440103,120 30\n"
        "D,,113.25 23.1\n",
        "spots",
    )

    assert (report.loaded, report.bad_rows, report.noted) == (4, 0, 2)
    assert [(p.line, p.field, p.reason.zh) for p in report.problems] == [
        (3, "spot", "提示：图形在越秀区，与所填区划不符，请核对"),
        (4, "spot", "提示：图形在本市各区界线之外，请核对"),
    ]
