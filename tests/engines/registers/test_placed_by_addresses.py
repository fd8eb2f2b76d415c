"""D52, D48: a file with addresses and no coordinates is loaded in one step, sure places only."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.testing import NEXT_PLATE, PLATE, PLATE_IN_FULL, a_few_plates
from yiwang.platform.files import read
from yiwang.platform.testing import main_words
from yiwang.registers import api
from yiwang.registers.contracts import IntakeState
from yiwang.registers.loading import addressed
from yiwang.registers.models import FileLoad, Intake

from .test_standard_addresses import HERE, a_register, rows

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LOAD = "/desk/registers/care_homes/load/"
GOOD = "编号,地址,备注\nH-1,荔湾区沙面街道科学大道1号,甲\nH-2,荔湾区科学大道11号,乙\n"
#: One sure, one that is nothing, one that is none, and one whose number is not there.
MIXED = (
    "编号,地址\nH-1,荔湾区沙面街道科学大道1号\nH-2,东山口大水塘边\nH-3,\nH-4,荔湾区沙面街道科学大道9999号\n"
)
OF_PROPOSAL = {"placed_by": "1", "column0": "number", "column1": "address", "column2": "-"}


@pytest.fixture
def officer(base_registers, db, tmp_path):
    a_register(tmp_path)
    a_few_plates()
    return an_officer("civil_affairs")


@pytest.fixture
def desk(client, officer):
    return sign_in(client, officer)


def sent(desk, content: str | bytes, *, bad: str = "refuse_all", name: str = "homes.csv") -> str:
    """Send a file; gives the page of its load."""
    body = content.encode() if isinstance(content, str) else content
    answer = desk.post(LOAD, {"file": SimpleUploadedFile(name, body), "on_bad_rows": bad})
    assert answer.status_code == 302
    return str(answer.url)


def test_d52_addresses_are_proposed_as_the_source_of_places_and_confirmed_once(desk):
    page = sent(desk, GOOD)
    asked = desk.get(page)
    html = asked.content.decode()
    before = rows()
    done = desk.post(page, OF_PROPOSAL, follow=True)

    assert "文件有地址而没有坐标" in main_words(asked)
    assert 'name="placed_by" type="radio" value="1" checked' in html
    assert before == []
    assert rows() == [
        ("H-1", "荔湾区沙面街道科学大道1号", PLATE, HERE),
        ("H-2", "荔湾区科学大道11号", NEXT_PLATE, HERE),
    ]
    assert "按地址定位的行：2，可信度" in main_words(done)
    assert sum(FileLoad.objects.get().placed.values()) == 2

    again = sent(desk, GOOD.replace("H-1", "H-3").replace("H-2", "H-4"))
    assert "导入完成" in main_words(desk.get(again))
    assert [row[3] for row in rows()] == [HERE] * 4


def test_d52_a_workbook_of_addresses_loads_in_the_same_step(desk):
    book, file = Workbook(), io.BytesIO()
    for row in (("编号", "地址"), ("H-1", PLATE_IN_FULL)):
        book.active.append(row)
    book.save(file)
    page = sent(desk, file.getvalue(), name="homes.xlsx")
    desk.post(page, {"placed_by": "1", "column0": "number", "column1": "address"})

    assert rows() == [("H-1", PLATE_IN_FULL, PLATE, HERE)]


def test_d52_one_unsure_address_refuses_the_file_and_is_told_by_row_with_what_it_may_be(desk):
    page = sent(desk, MIXED)
    done = desk.post(page, {"placed_by": "1", "column0": "number", "column1": "address"}, follow=True)

    assert done.status_code == 422
    assert rows() == []
    load = FileLoad.objects.get()
    assert (load.rows, load.loaded, load.bad_rows, load.placed) == (4, 0, 3, {"99": 1})
    report = read(load.report).decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in report[1:]] == [["3", "place"], ["4", "place"], ["5", "place"]]
    assert "标准地址库中没有相近的地址" in report[1]
    assert "没有写地址，无法定位" in report[2]
    assert "低于90%，未采用" in report[3]
    assert "可能是：" in report[3]
    assert PLATE_IN_FULL in report[3]
    # what was written is personal in some registers: it is never repeated
    assert "东山口" not in "".join(report)


def test_d52_where_good_rows_are_taken_the_unsure_ones_stay_out(desk):
    page = sent(desk, MIXED, bad="take_good")
    done = desk.post(page, {"placed_by": "1", "column0": "number", "column1": "address"}, follow=True)

    assert rows() == [("H-1", "荔湾区沙面街道科学大道1号", PLATE, HERE)]
    assert "共 4 行，导入 1 行，3 行有误" in main_words(done)


def test_d52_whoever_does_not_want_it_loads_the_addresses_without_places(desk):
    page = sent(desk, GOOD)
    desk.post(page, OF_PROPOSAL | {"placed_by": ""})

    assert [row[2:] for row in rows()] == [(None, None), (None, None)]
    assert FileLoad.objects.get().placed is None


@pytest.mark.parametrize(
    "content",
    ["编号,地址,经度,纬度\nH-1,科学大道1号,113.5,23.5\n", "编号,地址,位置\nH-1,科学大道1号,113.5 23.5\n"],
    ids=["two columns", "one column"],
)
def test_d52_a_file_with_coordinates_is_not_asked_about_addresses(desk, content):
    page = sent(desk, content)

    assert "导入完成" in main_words(desk.get(page))
    assert rows()[0][3] == (113.5, 23.5)


@pytest.mark.usefixtures("base_registers", "db")
def test_d52_without_a_register_of_addresses_nothing_is_proposed(client, tmp_path):
    a_register(tmp_path)
    desk = sign_in(client, an_officer("civil_affairs"))
    page = sent(desk, "编号,地址\nH-1,科学大道1号\n")

    assert "导入完成" in main_words(desk.get(page))
    assert rows() == [("H-1", "科学大道1号", None, None)]


def test_d52_a_large_file_is_placed_by_the_job_and_not_while_the_officer_waits(desk, officer):
    long = "编号,地址\n" + "".join(f"H-{n},荔湾区沙面街道科学大道1号\n" for n in range(1, 801))
    page = sent(desk, long)
    desk.post(page, {"placed_by": "1", "column0": "number", "column1": "address"})
    waiting = Intake.objects.get()

    assert waiting.state == IntakeState.WAITING
    assert rows() == []
    assert api.load_intake(actor=officer, at=AT, intake=waiting.pk)
    assert len(rows()) == 800
    assert {row[3] for row in rows()} == {HERE}
    assert FileLoad.objects.get().placed == {"99": 800}


def test_d52_a_file_that_is_no_list_of_this_citys_addresses_is_refused_early(desk, officer, monkeypatch):
    monkeypatch.setattr(addressed, "MOST_UNPLACED", 20)
    page = sent(
        desk, "编号,地址\n" + "".join(f"H-{n},外地乡下{n}组\n" for n in range(1, 100)), bad="take_good"
    )
    done = desk.post(page, {"placed_by": "1", "column0": "number", "column1": "address"}, follow=True)

    assert "请先用“地址比对”核对这个文件" in main_words(done)
    assert rows() == []


def test_d52_a_program_says_the_column_itself_and_one_that_is_not_there_is_refused(officer):
    def load(column: str):
        file = io.BytesIO("编号,地址\nH-1,科学大道1号\n".encode())
        return api.load_file(actor=officer, at=AT, register="care_homes", file=file, placed_by=column)

    wrong = load("住址")
    held = rows()
    right = load("地址")

    assert (wrong.loaded, wrong.problems[0].field) == (0, "住址")
    assert held == []
    assert (right.loaded, right.placed) == (1, ((99, 1),))
