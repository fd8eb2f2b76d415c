"""D52: files of addresses are compared in parts, with a report, and go on after the worker was killed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.engines.maps.addresses.conftest import AT

from yiwang.identity.testing import a_citizen, an_officer, sign_in
from yiwang.maps.addresses.batches import api
from yiwang.maps.addresses.batches.commands import find_batch as finding
from yiwang.maps.addresses.batches.contracts import BatchNotFound, BatchState, TableRefused, Verdict
from yiwang.maps.addresses.batches.keeping import folder
from yiwang.maps.addresses.models import AddressBatch
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.registers.api import get_register
from yiwang.registers.loading.sheet import point_of_pair

TABLE = """编号,住址,备注
1,越秀区示例路1号,=1+1
2,天河区示例路1号,-5
3,没有这样的地方,甲
4,,乙
5,越秀区示例路77号,丙
"""


@pytest.fixture
def officer(ground):
    return an_officer("public_security", roles={"handler"}, password="x")


def sent(officer, text: str = TABLE, *, name: str = "户.csv", column: int | None = 1) -> int:
    content = text.encode()
    batch = api.receive_batch(actor=officer, at=AT, name=name, size=len(content), content=[content])
    if column is not None:
        api.begin_batch(actor=officer, at=AT, batch=batch, column=column)
    return batch


def table_of(officer, batch: int) -> list[list[str]]:
    found = api.get_batch(actor=officer, batch=batch)
    assert found.result is not None
    return list(csv.reader(io.StringIO(found.result.read_text("utf-8-sig"))))


def test_d52_each_row_gets_its_address_and_the_report_counts_how_sure(officer):
    batch = sent(officer)

    assert api.find_batch(batch=batch, at=AT)
    assert not api.find_batch(batch=batch, at=AT)

    head, *rows = table_of(officer, batch)
    assert head[:5] == ["编号", "住址", "备注", "标准地址 standard address", "编码 code"]
    assert [row[4] for row in rows[:4]] == ["44010400310800000001", "44010600100100000001", "", ""]
    assert rows[0][5:8] == ["440104003108", "113.266800", "23.128500"]
    assert [row[2] for row in rows[:2]] == ["'=1+1", "-5"]
    assert [row[9] for row in rows] == ["可靠", "可靠", "未找到", "无地址", rows[4][9]]
    found = api.get_batch(actor=officer, batch=batch)
    assert (found.state, found.rows, found.percent) == (BatchState.DONE, 5, 100)
    assert (found.counts[Verdict.SURE], found.counts[Verdict.NOT_FOUND], found.counts[Verdict.EMPTY]) == (
        2,
        1,
        1,
    )
    assert found.to_look[0].line == 4
    assert found.to_look[0].text == "没有这样的地方"
    assert [path.name for path in folder().iterdir() if path.name.endswith(".csv.result.csv")] != []
    assert not (folder() / AddressBatch.objects.get().file).exists()


def test_d52_what_comes_back_is_loaded_as_points(officer):
    batch = sent(officer)
    api.find_batch(batch=batch, at=AT)
    head, *_ = table_of(officer, batch)

    field, east, north = point_of_pair(get_register("addresses"), head, {})

    assert (field.name, head[east], head[north]) == ("point", "经度 longitude", "纬度 latitude")


def test_d52_a_killed_worker_goes_on_where_it_was_and_no_row_comes_twice(officer, monkeypatch):
    whole = sent(officer)
    api.find_batch(batch=whole, at=AT)
    monkeypatch.setattr(finding, "AT_ONCE", 2)
    batch, compare, calls = sent(officer), finding.find_addresses, []

    def killed(texts, **how):
        calls.append(len(texts))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return compare(texts, **how)

    monkeypatch.setattr(finding, "find_addresses", killed)
    with pytest.raises(KeyboardInterrupt):
        api.find_batch(batch=batch, at=AT)
    row = AddressBatch.objects.get(pk=batch)
    assert (row.state, row.done) == ("waiting", 2)
    with (folder() / f"{row.file}.result.csv").open("ab") as torn:
        torn.write("没有写完的一行,".encode())

    assert api.find_batch(batch=batch, at=AT)

    assert calls == [2, 2, 2, 1]
    assert table_of(officer, batch) == table_of(officer, whole)
    one, other = (api.get_batch(actor=officer, batch=each) for each in (batch, whole))
    assert (one.counts, one.to_look) == (other.counts, other.to_look)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("户.pdf", TABLE, "CSV"), ("户.csv", "", "head"), ("户.xlsx", "PK\x03\x04nothing", "damaged")],
)
def test_d52_what_is_no_table_is_refused_and_nothing_is_kept(officer, name, text, said):
    before = set(folder().iterdir())

    with pytest.raises(TableRefused) as refused:
        sent(officer, text, name=name)

    assert said in refused.value.reason.en
    assert AddressBatch.objects.count() == 0
    assert set(folder().iterdir()) == before


def test_d52_files_belong_to_who_sent_them_and_go_after_a_week(officer):
    batch = sent(officer)
    api.find_batch(batch=batch, at=AT)
    colleague = an_officer("public_security", roles={"handler"}, password="x")

    with pytest.raises(BatchNotFound):
        api.get_batch(actor=colleague, batch=batch)
    with pytest.raises(OperationNotAllowed):
        sent(a_citizen(name="路人甲", password="x"))
    result = api.get_batch(actor=officer, batch=batch).result
    assert result is not None
    assert result.exists()

    assert api.drop_old_batches(AT + timedelta(days=6)) == 0
    assert api.drop_old_batches(AT + timedelta(days=7)) == 1
    assert not result.exists()
    gone = api.get_batch(actor=officer, batch=batch)
    assert (gone.state, gone.result, gone.to_look) == (BatchState.DELETED, None, ())


def test_d52_on_the_desk_a_file_is_sent_its_column_chosen_and_the_result_fetched(officer):
    client = Client()
    sign_in(client, officer)
    file = SimpleUploadedFile("户.csv", TABLE.encode())

    page = client.post(reverse("addresses:batches"), {"file": file}).headers["Location"]
    choosing = client.get(page).content.decode()
    wrong = client.post(page, {"column": "9"})
    no_day = {"column": "1", "as_of-year": "1998", "as_of-month": "2", "as_of-day": "30"}
    on_no_day = client.post(page, no_day)
    assert AddressBatch.objects.get().state == "choosing"
    client.post(page, no_day | {"as_of-day": "3"})
    assert AddressBatch.objects.get().as_of == date(1998, 2, 3)
    running = client.get(page).content.decode()
    api.find_batch(batch=AddressBatch.objects.get().pk, at=AT)
    done = client.get(page).content.decode()
    result = client.get(f"{page}result.csv")

    assert 'value="1" checked' in choosing
    assert wrong.status_code == 422
    assert (on_no_day.status_code, "请填写真实存在的日期" in on_no_day.content.decode()) == (422, True)
    assert "正在比对" in running
    assert "写于1998年2月3日" in running
    assert "需要人工看的行" in done
    assert "没有这样的地方" in done
    assert b"".join(result.streaming_content).startswith(b"\xef\xbb\xbf")
    stranger = Client()
    sign_in(stranger, an_officer("public_security", roles={"handler"}, password="x"))
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{page}result.csv").status_code == 404
    assert client.post(reverse("addresses:batches")).status_code == 422
