"""A citizen starts a company: one form, four departments, one sealed licence, and who looked at her data."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.desk import complete
from tests.live.fill import fill, type_for
from tests.live.papers import a_pdf
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases import api
from yiwang.cases.models import Case, Licence, Rating, Task
from yiwang.exchange.api import issue_grant, verify_data
from yiwang.exchange.contracts import Purpose
from yiwang.kernel.text import Text

pytestmark = pytest.mark.journey
PAPERS = ("articles", "premises_proof")
SIDE_BY_SIDE = {"seal": "public_security", "tax": "local_tax", "social_insurance": "labour"}


def _pages(company: str) -> list[tuple[str, dict[str, str | list[str]]]]:
    """Answers page by page; name and number of the representative stand there already.

    How many are insured is asked only once it is said that there are employees.
    """
    return [
        (
            "name",
            {
                "company_name": company,
                "company_kind": "sole_limited",
                "industry": "I65",
                "business_scope": "软件开发；信息系统集成服务。",
                "registered_capital": "1000000",
            },
        ),
        ("place", {"division": "440106006", "address": "五山路演示3号201房", "premises": "rented"}),
        ("people", {"representative_phone": "13800000002", "shareholders": "1"}),
        ("seal", {"seals": ["company", "finance"]}),
        ("tax", {"taxpayer": "small", "invoices": "no", "hires": "yes"}),
        ("tax", {"employees": "3"}),
        ("delivery", {"delivery": "counter"}),
    ]


def _check_first(person: Visit) -> None:
    person.go("/services/company_start/")
    person.look("company-guide")
    person.press("先测一测能不能办", "Check first if you can")
    person.look("company-eligibility")
    fill(person.page, {"premises_ready": "yes", "barred": "no", "business": "general"})
    person.page.locator("main form button").first.click()
    person.says("可以申请", "You can apply")
    person.look("company-eligibility-answer")


def _say_where(person: Visit) -> None:
    """The address is none of the city's; it is typed anew with the help of the list, and confirmed."""
    person.says("标准地址库中没有找到", "Not found in the register of addresses")
    detail = person.page.locator("[name=address-detail]")
    type_for(detail, "shilil", person.page.get_by_role("option", name="天河区示例路"))
    person.look("company-address-suggested")
    detail.press("ArrowDown")
    while "天河区" not in person.page.locator("[role=option][aria-selected=true]").inner_text():
        detail.press("ArrowDown")
    detail.press("Enter")
    assert detail.input_value() == "天河区示例路"
    detail.press("End")
    detail.press_sequentially("1号201房")
    person.press("保存并继续", "Save and continue")
    person.says("门牌号一致：1号", "The number agrees: 1号")
    person.look("company-address-found")
    person.page.check("[name=address-place][value='44010600100100000001']")
    person.press("保存并继续", "Save and continue")


def _apply(person: Visit, company: str) -> Case:
    person.press("在线申请", "Apply now")
    person.press("开始填写", "Start")
    person.look("company-tasks")
    tasks = person.page.url
    for key, answers in _pages(company):
        person.page.goto(f"{tasks}pages/{key}/")
        if key == "people":
            assert person.page.input_value("[name=representative_name]") == "黄美芳"
            assert person.page.input_value("[name=representative_id]") == "440100199207280029"
        fill(person.page, answers)
        person.look(f"company-page-{key}")
        person.press("保存并继续", "Save and continue")
        if key == "place":
            _say_where(person)
    for key in PAPERS:
        person.page.goto(f"{tasks}papers/{key}/")
        person.page.set_input_files("input[type=file]", [a_pdf(f"{key}.pdf")])
        person.press("保存并继续", "Save and continue")
    person.press("核对并提交", "Check and send")
    person.look("company-check")
    person.page.check("[name=declaration]")
    person.press("声明属实，提交申请", "Declare and send")
    case = Case.objects.get(title=company)
    person.says(case.number)
    person.look("company-receipt")
    return case


def _verify_at_the_police(case: Case) -> None:
    """The registrar asks whether name and number belong together: a grant, a purpose, a trace."""
    now = timezone.now()
    issue_grant(
        actor=actor("public_security.approver"),
        at=now,
        resource="person_basic",
        grantee="industry_commerce",
        fields=("name", "sex"),
        purpose="case",
        legal_basis=Text("《市场主体登记管理条例》第十五条", "Regulation on Registration, Article 15"),
        valid_from=timezone.localdate(now),
        valid_until=timezone.localdate(now) + timedelta(days=365),
    )
    said = verify_data(
        actor=actor("industry_commerce.handler"),
        at=now,
        resource="person_basic",
        key="440100199207280029",
        claims={"name": "黄美芳", "sex": "1"},
        purpose=Purpose(kind="case", reference=case.number),
    )
    assert said.agrees == {"name": True, "sex": False}


def _open_steps(case: Case) -> dict[str, str]:
    """Open tasks of a case and with whom they are."""
    found = Task.objects.filter(case=case, state__in=["open", "claimed"])
    return dict(found.values_list("node", "organisation"))


def _judged(document: Path) -> str:
    return subprocess.run(["pdfsig", str(document)], capture_output=True, text=True, check=False).stdout


def _printed(document: Path) -> str:
    said = subprocess.run(["pdftotext", str(document), "-"], capture_output=True, text=True, check=True)
    return "".join(said.stdout.split())


def test_a_citizen_starts_a_company(visit, city, language, tmp_path: Path):
    company = f"广州五山{'甲' if language == 'zh' else '乙'}软件有限公司"
    person = visit("huang")
    _check_first(person)
    case = _apply(person, company)
    assert case.number.startswith("QY")
    assert _open_steps(case) == {"accept": "industry_commerce"}

    _verify_at_the_police(case)
    complete(visit("industry_commerce.handler"), case.number, {"outcome": "accept"})
    head = visit("industry_commerce.approver")
    complete(head, case.number, {"outcome": "approve", "grounds": "申请材料齐全，符合法定形式"})
    assert _open_steps(case) == SIDE_BY_SIDE

    police = visit("public_security.handler")
    complete(police, case.number, {"note": "公章、财务专用章已备案"})
    for organisation in ("local_tax", "labour"):
        officer = actor(f"{organisation}.handler")
        task = Task.objects.get(case=case, organisation=organisation, state="open")
        api.complete_task(actor=officer, at=timezone.now(), task_id=task.pk, outcome="done", note="已登记")
    assert _open_steps(case) == {"deliver": "service_centre"}
    window = visit("service_centre.window")
    complete(window, case.number, {"note": "执照正副本和印章已交本人"})
    window.look("company-desk-done")
    case.refresh_from_db()
    assert (case.phase, case.outcome) == ("closed", "approve")

    # The licence: sealed, downloaded, judged by another program, checked by anybody.
    wait_for("the licence", lambda: Licence.objects.filter(case=case, file_id__isnull=False).exists())
    licence = Licence.objects.get(case=case)
    person.go(f"/space/cases/{case.pk}/")
    person.look("company-case")
    person.go("/space/documents/")
    person.says(licence.number)
    person.look("company-documents")
    sealed = tmp_path / "licence.pdf"
    sealed.write_bytes(person.fetch(person.page.locator(f"a[href*='/files/{licence.file_id}/']").first))
    assert "Signature is Valid." in _judged(sealed)
    printed = _printed(sealed)
    assert company in printed
    assert "1,000,000" in printed
    anybody = visit()
    anybody.go("/licences/")
    anybody.page.fill("[name=code]", licence.verification_code)
    anybody.page.locator("main form button").first.click()
    anybody.page.wait_for_load_state()
    anybody.says(licence.number)
    anybody.look("company-licence")
    anybody.go("/results/")
    anybody.says(case.number)

    # What was looked up about her, and why.
    person.go("/space/looks/")
    person.look("company-looks")
    person.says("您本人", "You")
    person.says("市工商局", "Industry and Commerce")
    person.says(case.number)
    person.go(f"/space/cases/{case.pk}/rate/")
    fill(person.page, {"level": "4"})
    person.page.locator("main form button").first.click()
    person.page.wait_for_load_state()
    assert Rating.objects.get(case=case).level == 4
