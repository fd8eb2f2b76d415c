"""The desk's pages of registers: what an officer sees, enters, amends and loads, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yiwang.exchange.models import TraceLine
from yiwang.identity.testing import an_officer, sign_in
from yiwang.platform.testing import main_words
from yiwang.registers.api import enter_entry, open_history
from yiwang.registers.testing import a_firm, a_person, apply_packs

from .conftest import APPLIED, PACKS

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def posted(values, **more):
    found = {}
    for name, value in {**values, **more}.items():
        if name in {"birth_date", "established", "_valid_from"}:
            parts = zip(("year", "month", "day"), value.split("-"), strict=True)
            found |= {f"{name}-{part}": text for part, text in parts}
        elif name in {"address", "residence_address"}:
            found[f"{name}-detail"] = value
        else:
            found[name] = value
    return found


def test_own_registers_stand_first_and_others_say_how_to_ask(desk):
    page = main_words(desk.get("/desk/registers/"))

    assert page.index("人口登记簿") < page.index("电子证照目录") < page.index("法人登记簿")
    assert "本单位" in page
    assert "本单位的登记项" in page
    assert "公开部分" in page
    assert "Register of persons" in main_words(desk.get("/en/desk/registers/"))


def test_a_list_is_masked_and_searched(desk, person):
    whole = main_words(desk.get("/desk/registers/persons/"))
    sent = desk.post("/desk/registers/persons/", {"name": "陈大文", "residence_division": ""})
    found = main_words(desk.get(sent.headers["Location"]))
    nothing = main_words(desk.post("/desk/registers/persons/", {"name": "王大文"}, follow=True))
    by_address = main_words(desk.get("/desk/registers/persons/", {"name": "王大文"}))

    assert "440199********" in whole
    assert "陈**" in whole
    assert "陈大文" not in whole
    assert "共 1 条" in found
    assert "共 1 条" in by_address
    assert re.fullmatch(r"/desk/registers/persons/\?s=[\w-]{12}", sent.headers["Location"])
    assert "没有找到登记项" in nothing


def test_every_field_is_explained(desk):
    page = main_words(desk.get("/en/desk/registers/persons/fields/"))

    assert "Identity number id_number Resident identity number (GB 11643) Personal Yes Yes" in page


def test_an_entry_opens_with_a_reason_only(desk, person):
    address = f"/desk/registers/persons/entries/{person}/"
    closed = main_words(desk.get(address))
    refused = desk.post(address, {"reason": " "})
    opened = main_words(desk.post(address, {"reason": "户籍窗口核对"}))

    assert "陈大文" not in closed
    assert "（打开后可见）" in closed
    assert refused.status_code == 422
    assert "陈大文" not in main_words(refused)
    assert "查询事由" in main_words(refused)
    assert "陈大文" in opened
    assert "汉族" in opened
    assert "第 1 版" in opened
    assert TraceLine.objects.get().reference == "户籍窗口核对"


def test_an_entry_is_entered_and_wrong_answers_are_shown_again(desk, clerk):
    wrong = posted(a_person() | {"sex": "", "id_number": "440199198001010010"})
    refused = desk.post("/desk/registers/persons/new/", wrong)
    right = posted(a_person(), _valid_from="2026-03-01")
    done = desk.post("/desk/registers/persons/new/", right)

    assert refused.status_code == 422
    assert "必填" in main_words(refused)
    assert "身份号码有误" in main_words(refused)
    assert 'value="440199198001010010"' in refused.content.decode()
    assert done.status_code == 302
    entry = int(done.url.rstrip("/").rpartition("/")[2])
    (line,) = open_history(actor=clerk, at=datetime.now(UTC), register="persons", entry=entry, reason="核对")
    assert (str(line.valid_from), line.values["name"]) == ("2026-03-01", "陈大文")


def test_an_entry_is_amended_through_its_form(desk, person, clerk):
    address = f"/desk/registers/persons/entries/{person}/amend/"
    form = desk.post(address, {"reason": "户籍变更"})
    assert 'name="_version" value="1"' in form.content.decode()

    changed = posted(a_person() | {"phone": "13900139000"}, _valid_from="2026-03-05")
    done = desk.post(address, changed | {"_version": "1", "_kind": "change", "reason": "户籍变更"})
    late = desk.post(address, changed | {"_version": "1", "_kind": "change", "reason": "户籍变更"})

    assert done.status_code == 302
    assert late.status_code == 422
    assert "刚刚被他人修改" in main_words(late)
    lines = open_history(actor=clerk, at=datetime.now(UTC), register="persons", entry=person, reason="核对")
    assert [(line.version, line.changed) for line in lines] == [(1, ()), (2, ("phone",))]
    page = main_words(desk.post(f"/en/desk/registers/persons/entries/{person}/", {"reason": "check"}))
    assert "Telephone: 13800138000 → 13900139000" in page


def test_a_retired_entry_shows_its_history(desk, person, clerk):
    done = desk.post(f"/desk/registers/persons/entries/{person}/retire/", {"_version": "1"})
    page = main_words(desk.post(f"/desk/registers/persons/entries/{person}/", {"reason": "核对"}))

    assert done.status_code == 302
    assert "该登记项已注销" in page
    assert "注销" in page[page.index("历史") :]


def test_a_file_is_loaded_or_its_faults_shown(desk):
    head = "公民身份号码,姓名,性别,出生日期,户籍地区划"
    row = ",".join([a_person()["id_number"], "陈大文", "1", "1980-01-01", "440103"])

    def send(text):
        upload = SimpleUploadedFile("people.csv", text.encode("gb18030"), content_type="text/csv")
        sent = {"file": upload, "on_bad_rows": "refuse_all"}
        return desk.post("/desk/registers/persons/load/", sent, follow=True)

    bad = send(f"{head}\n{row.replace('1980-01-01', '1980-13-01')}\n")
    good = send(f"{head}\n{row}\n")
    missing = desk.post("/desk/registers/persons/load/", {})
    report = desk.get(re.search(r'href="([^"]*report\.csv)"', bad.content.decode()).group(1))

    assert bad.status_code == 422
    assert "2 出生日期 应为真实存在的日期" in main_words(bad)
    assert good.status_code == 200
    assert "导入 1 行" in main_words(good)
    assert missing.status_code == 422
    assert "请选择文件" in main_words(missing)
    assert b"".join(report.streaming_content).decode("utf-8-sig").splitlines()[1].startswith("2,birth_date")


@pytest.mark.parametrize(
    "path", ["persons/", "persons/entries/1/", "persons/load/", "persons/loads/1/report.csv", "nothing/"]
)
def test_strangers_and_strange_addresses_are_refused(client, clerk, person, path):
    stranger = an_officer("planning")
    sign_in(client, stranger)

    answer = client.get(f"/desk/registers/{path}")

    assert answer.status_code == (404 if path == "nothing/" else 403)


def test_a_stranger_cannot_load(client, clerk):
    stranger = an_officer("planning")
    sign_in(client, stranger)

    answer = client.post(
        "/desk/registers/persons/load/", {"file": SimpleUploadedFile("a.csv", b"name\n"), "on_bad_rows": "x"}
    )

    assert answer.status_code == 403


def test_a_visitor_signs_in_first(client, clerk):
    assert client.get("/desk/registers/").status_code == 302


def test_another_department_sees_the_public_part_of_an_open_register(client, clerk):
    registrar = an_officer("industry_commerce")
    firm = enter_entry(actor=registrar, at=AT, register="legal_entities", values=a_firm()).entry
    stranger = an_officer("planning")
    sign_in(client, stranger)

    page = main_words(client.get(f"/desk/registers/legal_entities/entries/{firm}/"))
    opened = client.post(f"/desk/registers/legal_entities/entries/{firm}/", {"reason": "好奇"})

    assert "广州测试科技有限公司" in page
    assert "（无权查看）" in page
    assert "110105" not in page
    assert opened.status_code == 422


@pytest.mark.parametrize(
    ("prefix", "head", "name"),
    [
        ("", "数据库名称", "人口登记簿"),
        ("/en", "Name", "Register of persons"),
    ],
)
def test_a_pair_of_languages_is_one_column_in_the_readers(client, db, prefix, head, name):
    apply_packs(PACKS, ["database_inventory"], at=APPLIED, with_data=True)
    sign_in(client, an_officer("statistics"))

    shown = client.get(f"{prefix}/desk/registers/databases/").content.decode()

    heads = re.findall(r'<th class="govuk-table__header" scope="col">([^<]*)</th>', shown)
    first = re.search(r'<td class="govuk-table__cell" data-label="([^"]*)">([^<]*)</td>', shown)
    assert first is not None
    assert (len(heads), heads[1], first[1], first[2]) == (5, head, head, name)
