"""B12-B18 on the desk: the yearly report with its cases and files, repeats, the fee, severing."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from openpyxl import load_workbook
from tests.packs.disclosure.acts import AGENCY, a_confirmed, a_request, a_reviewed, case, day, step

from yiwang.cases.models import Case
from yiwang.cases.testing import MONDAY, officer
from yiwang.identity.testing import a_citizen, signed_in
from yiwang.platform.contracts import Actor
from yiwang.platform.models import JournalEntry, StoredFile
from yiwang.portal.disclosure.report.gathering import CHALLENGES, YEARS, annual_report
from yiwang.portal.disclosure.rules.report_tables import CARRIED_IN, CARRIED_OUT, NEW, RESULTS, FaultKind
from yiwang.registers.api import enter_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asking_city")]
END = day(12, 30)


def _answered() -> str:
    case_id = a_reviewed()
    step(case_id, "sign", role="approver", outcome="approve", at=day(3, 20))
    return case(case_id).number


def _facts(agency: str, year: int, **values: object) -> None:
    writer = officer("general_office", "handler")
    enter_entry(
        actor=writer,
        at=MONDAY,
        register=YEARS,
        values={"number": f"{agency}-{year}", **values},
        valid_from=MONDAY.date(),
    )


def _suit(number: str, by: str = "general_office", **values: object) -> None:
    enter_entry(
        actor=officer(by, "handler"),
        at=MONDAY,
        register=CHALLENGES,
        values={
            "number": number,
            "case_number": "YSQ-1",
            "agency": AGENCY,
            "received": "2026-04-01",
            **values,
        },
        valid_from=MONDAY.date(),
    )


def _desk(organisation: str = AGENCY, role: str = "handler") -> Client:
    return signed_in(officer(organisation, role))


def _watch() -> Actor:
    return officer("supervision", "supervisor")


def test_b17_the_report_is_counted_from_cases_and_each_number_leads_to_them():
    answered, open_one = _answered(), case(a_confirmed()).number
    elsewhere = case(a_request(agency="water").case_id).number
    _facts(AGENCY, 2026, rules_made=3, general="全年工作平稳。", problems="答复时间偏长。")

    report = annual_report(actor=officer(AGENCY, "handler"), year=2026, at=END, organisation=AGENCY)
    assert report.requests.numbers(NEW) == tuple(sorted([answered, open_one]))
    assert report.requests.numbers("granted", "natural_person") == (answered,)
    assert report.requests.numbers(RESULTS) == (answered,)
    assert report.requests.numbers(CARRIED_OUT) == (open_one,)
    assert report.requests.count(CARRIED_IN) == 0
    assert (report.faults, report.notes) == ((), ())

    desk = _desk()
    page = desk.get(f"/desk/disclosure/report/2026/?organisation={AGENCY}").content.decode()
    assert "全年工作平稳。" in page
    assert "勾稽关系已核对" in page
    link = (
        f"/desk/disclosure/report/2026/cases/?row=granted&amp;column=natural_person&amp;organisation={AGENCY}"
    )
    assert link in page
    listed = desk.get(link.replace("&amp;", "&")).content.decode()
    assert f'href="/desk/cases/{answered}/"' in listed
    assert open_one not in listed
    assert (
        f'href="/desk/disclosure/cases/{open_one}/repeats/"'
        in desk.get(f"/desk/cases/{open_one}/").content.decode()
    )
    assert elsewhere not in desk.get("/desk/disclosure/report/2026/cases/?row=new").content.decode()
    assert desk.get("/desk/disclosure/report/2026/cases/?row=nonsense").status_code == 404
    assert desk.get("/desk/disclosure/report/2099/").status_code == 404
    english = desk.get(f"/en/desk/disclosure/report/2026/?organisation={AGENCY}").content.decode()
    assert "Carried in from last year" in english


def test_b18_the_city_is_the_sum_of_its_units_and_last_year_must_agree():
    answered = _answered()
    elsewhere = case(a_request(agency="water").case_id).number
    _facts(AGENCY, 2025, carried_out=1)
    _facts("water", 2025, carried_out=0)

    whole = annual_report(actor=_watch(), year=2026, at=END)
    assert [(unit.code, unit.received, unit.carried_out) for unit in whole.units] == [
        (AGENCY, 1, 0),
        ("water", 1, 1),
    ]
    assert whole.requests.numbers(NEW) == tuple(sorted([answered, elsewhere]))
    assert [note.en for note in whole.notes] == [
        "0 are carried in, but last year's report published 1 carried out."
    ]
    assert "与上年度报告公布的结转数" in _watch_page()

    later = annual_report(actor=_watch(), year=2027, at=day(12, 31))
    assert later.requests.numbers(CARRIED_IN) == (elsewhere,)


def _watch_page() -> str:
    return signed_in(_watch()).get("/desk/disclosure/report/2026/").content.decode()


def test_b17_a_case_without_a_result_of_the_table_is_named():
    answered = _answered()
    Case.objects.filter(number=answered).update(result="")
    report = annual_report(actor=officer(AGENCY, "handler"), year=2026, at=END)

    (fault,) = report.faults
    assert (fault.kind, fault.column, fault.numbers) == (FaultKind.UNBALANCED, "natural_person", (answered,))
    assert answered in report.notes[0].zh


def test_b16_table_four_comes_from_the_register():
    _suit("复议2026-1", forum="reconsideration", ruling="upheld", ended="2026-05-20")
    _suit("诉2026-2", forum="direct_suit")
    report = annual_report(actor=officer("general_office", "handler"), year=2026, at=END, organisation=AGENCY)

    assert report.challenges.numbers("upheld", "reconsideration") == ("复议2026-1",)
    assert report.challenges.numbers("pending", "direct_suit") == ("诉2026-2",)
    assert report.challenges.count("corrected") == 0


def test_b16_a_request_shows_what_was_brought_against_its_answer():
    answered = _answered()
    ended = {"ruling": "corrected", "ended": "2026-05-20"}
    _suit("复议2026-7", by=AGENCY, forum="reconsideration", case_number=answered, **ended)
    _suit("诉2026-8", by=AGENCY, forum="direct_suit")
    address = f"/desk/disclosure/cases/{answered}/challenges/"
    shown = _desk().get(address).content.decode()
    assert "复议2026-7" in shown
    assert "结果纠正" in shown
    assert "诉2026-8" not in shown
    assert _desk("water").get(address).status_code == 404


def test_b17_the_files_say_what_the_page_says():
    answered = _answered()
    _facts(AGENCY, 2026, licences=41, others="无。")
    desk, address = _desk(), f"/desk/disclosure/report/2026/file.{{}}?organisation={AGENCY}"

    book = load_workbook(io.BytesIO(desk.get(address.format("xlsx")).content))
    assert book.sheetnames == ["1", "2", "3", "4", "5", "6"]
    third = {row[1]: row[2:] for row in book["3"].iter_rows(values_only=True) if row[1]}
    assert third["予以公开"] == (1, 0, 0, 0, 0, 0, 1)
    assert third["三、本年度办理结果（七）总计"] == (1, 0, 0, 0, 0, 0, 1)
    assert book["6"]["A3"].value == "无。"
    document = desk.get("/en" + address.format("docx")).content
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        assert package.testzip() is None
        text = "|".join(etree.fromstring(package.read("word/document.xml")).itertext())
    assert "Licences: decisions this year|41" in text
    assert desk.get("/en" + address.format("docx")).content == document
    page = desk.get(address.format("html"))
    assert page.headers["Content-Disposition"] == f'attachment; filename="disclosure-{AGENCY}-2026.html"'
    assert "<a" not in page.content.decode()
    assert answered not in page.content.decode()
    assert desk.get(address.format("exe")).status_code == 404


def test_b15_the_desk_sees_the_same_applicants_earlier_requests():
    citizen = a_citizen()
    first = case(a_request(applicant=citizen).case_id).number
    again = case(a_request(applicant=citizen, at=day(3, 9)).case_id).number
    other = case(
        a_request(applicant=citizen, at=day(3, 9), subject="年度预算", description="部门预算").case_id
    ).number
    stranger = case(a_request(document_number="护照 E999", at=MONDAY).case_id).number
    page = _desk().get(f"/desk/disclosure/cases/{again}/repeats/").content.decode()

    assert f'href="/desk/cases/{first}/"' in page
    assert "可与在办件合并答复" in page
    assert other not in page
    assert stranger not in page
    assert _desk("water").get(f"/desk/disclosure/cases/{again}/repeats/").status_code == 404
    assert Client().get(f"/desk/disclosure/cases/{again}/repeats/").status_code == 302


def test_b14_the_desk_works_out_a_fee_line_by_line():
    desk = _desk()
    page = desk.get("/desk/disclosure/fee/?way=by_item&quantity=5&before=8").content.decode()
    assert "应收 300 元" in page
    assert "1,0" not in page
    assert "请填写大于零的整数" in desk.get("/desk/disclosure/fee/?way=by_page&quantity=-3").content.decode()
    assert "40" in desk.get("/en/desk/disclosure/fee/?way=by_page&quantity=201").content.decode()


def test_b12_the_web_does_not_load_the_drawing_library(web_modules: frozenset[str]):
    assert "pypdfium2" not in web_modules


def test_b12_an_officer_marks_words_and_rectangles_and_has_the_new_file(tmp_path: Path):
    typeset = typst.compile('#set text(font: "Noto Sans CJK SC")\n申请人欧阳建国，可以公开的部分。'.encode())
    desk = _desk()
    sent = desk.post("/desk/disclosure/severing/", {"file": SimpleUploadedFile("批复.pdf", typeset)})
    place = sent.headers["Location"]
    found = desk.post(place, {"act": "find", "words": "欧阳建国\n不在其中", "page": "1"}).content.decode()
    assert "“欧阳建国”：找到 1 处" in found
    assert "“不在其中”：找到 0 处" in found
    (region,) = re.findall(r'name="region" id="region-1" value="([^"]+)"', found)
    typed = {"page": "1", "region": [region], "left": "50", "top": "50", "right": "60", "bottom": "55"}
    both = re.findall(r'value="(1:[^"]+)"', desk.post(place, {"act": "add", **typed}).content.decode())
    assert both == [region, "1:0.500000,0.500000,0.600000,0.550000"]

    made = desk.post(place, {"act": "sever", "page": "1", "region": both})
    assert made.headers["Content-Disposition"].startswith('attachment; filename="severed-')
    file = tmp_path / "severed.pdf"
    file.write_bytes(made.getvalue())
    assert subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.strip() == b""
    kept = JournalEntry.objects.filter(operation="portal.document.sever", outcome="done").latest("at")
    assert (kept.detail["pages"], kept.detail["regions"]) == (1, 2)
    assert "欧阳" not in json.dumps(kept.detail, ensure_ascii=False)

    count = StoredFile.objects.count()
    assert "没有标出要去除的内容" in desk.post(place, {"act": "sever", "page": "1"}).content.decode()
    assert desk.post(place, {"act": "add", "left": "9", "right": "x"}).status_code == 422
    refused = desk.post("/desk/disclosure/severing/", {"file": SimpleUploadedFile("批复.pdf", b"text")})
    assert refused.status_code == 422
    assert _desk().get(place).status_code == 404
    assert _desk(role="window").post(place, {"act": "sever", "region": both}).status_code == 403
    assert StoredFile.objects.count() == count
    assert desk.get(f"{place}1.png").content.startswith(b"\x89PNG")
    many = desk.post(place, {"act": "find", "words": "甲\n" * 51}).content.decode()
    assert "一次最多查找 50 个词" in many
    assert 'name="region"' not in many
