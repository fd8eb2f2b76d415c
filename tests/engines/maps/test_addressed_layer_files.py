"""A table of addresses without coordinates becomes a layer in one go: sure places, told row by row."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test import Client
from openpyxl import Workbook
from tests.engines.maps.test_layer_files import _said, _sent, _state

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.making.files.api import lay_layer_file
from yiwang.maps.models import LayerDraft, LayerFile
from yiwang.maps.testing import NEXT_PLATE, PLATE, PLATE_AT, PLATE_IN_FULL, a_few_plates
from yiwang.platform.testing import main_words
from yiwang.registers.api import get_register
from yiwang.registers.models import Register

pytestmark = pytest.mark.django_db
GOOD = "名称,地址\n甲,荔湾区沙面街道科学大道1号\n乙,荔湾区科学大道11号\n"
#: One sure, one that is nothing, one that is none, and one whose number is not there.
MIXED = "名称,地址\n甲,荔湾区沙面街道科学大道1号\n乙,东山口大水塘边\n丙,\n丁,荔湾区沙面街道科学大道9999号\n"


@pytest.fixture
def desk(pack) -> Client:
    pack()
    a_few_plates()
    return sign_in(Client(), an_officer("planning", roles={"handler"}))


def _rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        columns = "number, c1, c2, place_code, ST_X(shape), ST_Y(shape)"
        cursor.execute(f"SELECT {columns} FROM reg.file_planning_1 ORDER BY number")
        return cursor.fetchall()


def _counts(page: str) -> list[int]:
    """Sure, doubtful, not found, without an address, without a point."""
    return [int(found) for found in re.findall(r"table__cell--numeric\">(\d+)<", page)]


def test_d47_a_table_of_addresses_becomes_a_layer_in_one_go(desk) -> None:
    where = _sent(desk, "网点.csv", GOOD.encode())["Location"]
    page = desk.get(where).content.decode()
    assert "文件中有2行，没有坐标，位置按地址查找。" in page
    assert re.search(r'name="placed_by"[^>]*value="1"\s+checked', page)
    assert 'name="system"' not in page

    assert desk.post(where, _said(page, placed_by="1"))["Location"] == where
    done = desk.get(where)
    assert _counts(done.content.decode()) == [2, 0, 0, 0, 0]
    assert f"/desk/layers/drafts/{LayerDraft.objects.get().pk}/" in done.content.decode()
    assert _rows() == [
        ("000001", "甲", "荔湾区沙面街道科学大道1号", PLATE, *PLATE_AT),
        ("000002", "乙", "荔湾区科学大道11号", NEXT_PLATE, *PLATE_AT),
    ]
    # what is written there later is compared with the standard addresses again
    [compared] = get_register("file_planning_1").addresses
    assert (compared.field, compared.code_field, compared.point_field) == ("c2", "place_code", "shape")


def test_d47_doubtful_rows_are_counted_and_listed_and_nothing_is_left(desk) -> None:
    where = _sent(desk, "网点.csv", MIXED.encode())["Location"]
    before, page = _state(), desk.get(where).content.decode()
    desk.post(where, _said(page, placed_by="1"))
    told = desk.get(where)
    words = main_words(told)

    assert _state() == before
    assert "4个要素中有3个不合要求，没有导入任何内容。" in words
    assert _counts(told.content.decode()) == [1, 1, 1, 1, 0]
    assert re.findall(r'scope="row">第(\d)行<', told.content.decode()) == ["3", "4", "5"]
    assert "标准地址库中没有相近的地址" in words
    assert "没有写地址，无法定位" in words
    assert "低于90%，未采用" in words
    assert PLATE_IN_FULL in words

    # said otherwise, what is sure goes in, and the rest stays listed beside the draft
    assert desk.post(where, _said(page, placed_by="1", on_bad_rows="take_good"))["Location"] == where
    done = desk.get(where).content.decode()
    assert [row[:2] for row in _rows()] == [("000001", "甲")]
    assert (_counts(done), re.findall(r'scope="row">第(\d)行<', done)) == ([1, 1, 1, 1, 0], ["3", "4", "5"])
    english = desk.get(f"/en{where}").content.decode()
    assert "What became of the addresses" in english
    assert "Row 3" in english


def test_d47_a_workbook_does_too_and_the_column_is_the_officers_choice(desk) -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (("名称", "在哪里"), ("甲", PLATE_IN_FULL)):
        book.active.append(row)
    book.save(file)
    where = _sent(desk, "网点.xlsx", file.getvalue())["Location"]
    before, page = _state(), desk.get(where).content.decode()
    assert not re.search(r'name="placed_by"[^>]*checked', page)

    for none in ("", "7", "x"):
        refused = desk.post(where, _said(page, placed_by=none))
        assert (refused.status_code, "请选择写着地址的那一列" in main_words(refused)) == (422, True)
    assert _state() == before
    desk.post(where, _said(page, placed_by="1"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT c2, ST_X(shape) FROM reg.file_planning_1")
        assert cursor.fetchall() == [(PLATE_IN_FULL, PLATE_AT[0])]
    assert get_register("file_planning_1").addresses == ()


def test_d47_an_address_about_persons_is_not_told_by_a_point(desk) -> None:
    where = _sent(desk, "网点.csv", GOOD.encode())["Location"]
    before, page = _state(), desk.get(where).content.decode()

    refused = desk.post(where, _said(page, placed_by="1", person=["1"]))
    assert (refused.status_code, "涉及个人的地址不能用来定位" in main_words(refused)) == (422, True)
    assert (_state(), LayerFile.objects.get().state) == (before, "choosing")


def test_d47_a_table_that_would_hold_definitions_up_too_long_is_refused(desk, monkeypatch) -> None:
    where = _sent(desk, "网点.csv", GOOD.encode())["Location"]
    before, page = _state(), desk.get(where).content.decode()
    monkeypatch.setattr("yiwang.registers.founding.founding.MOST_PLACED", 1)
    desk.post(where, _said(page, placed_by="1"))

    assert "一次最多按地址定位1行" in main_words(desk.get(where))
    assert _state() == before


def test_d47_a_long_table_is_placed_by_the_worker(desk) -> None:
    long = "名称,地址\n" + "".join(f"{n},荔湾区沙面街道科学大道1号\n" for n in range(1, 801))
    where = _sent(desk, "网点.csv", long.encode())["Location"]
    desk.post(where, _said(desk.get(where).content.decode(), placed_by="1"))
    row = LayerFile.objects.get()
    assert row.state == "waiting"
    assert not Register.objects.filter(code="file_planning_1").exists()

    assert lay_layer_file(file=row.pk, at=row.asked_at)
    region = desk.get(where, headers={"HX-Request": "true"}).content.decode()
    assert _counts(region) == [800, 0, 0, 0, 0]
    assert "hx-trigger" not in region
