"""Citizens' pages in a real browser: read, check, apply without script, by keyboard, correct, book."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.fill import fill, type_for

from yiwang.cases.api import request_supplement, send_message
from yiwang.cases.contracts import SupplementItem
from yiwang.portal.testing import ANSWERS, PAPERS, PDF

pytestmark = pytest.mark.journey

PUBLIC = {
    "home": "/",
    "services": "/services/",
    "guide": "/services/investment_approval/",
    "check": "/services/investment_approval/check/",
    "invest": "/invest/",
    "what-if": "/invest/what-if/",
    "track": "/track/",
    "results": "/results/",
    "licence-check": "/licences/",
    "departments": "/departments/",
    "notice": "/notices/electronic-licences/",
}
FIRM = "广州珠江智造科技有限公司"


def test_what_anybody_may_read(visit):
    reader = visit()

    for name, path in PUBLIC.items():
        reader.go(path)
        reader.look(f"portal-{name}")


def apply(person) -> str:
    """Apply for the firm; gives the number of the case. Pages are looked at on the way."""
    page = person.page
    person.go("/services/investment_approval/apply/")
    person.look("apply-start")
    page.get_by_label(FIRM).check()
    person.press("开始填写", "Start")
    person.look("apply-tasks")
    address = page.url
    for key, fields in ANSWERS.items():
        page.goto(f"{address}pages/{key}/")
        if key == "project":  # the page with the most kinds of questions
            person.look("apply-page")
        own = {"credit_code", "firm_name", "legal_representative"}
        fill(page, {name: value for name, value in fields.items() if name not in own})
        person.press("保存并继续", "Save and continue")
    for key in PAPERS:
        page.goto(f"{address}papers/{key}/")
        if key == PAPERS[-1]:
            person.look("apply-paper")
        page.set_input_files("[name=files]", {"name": f"{key}.pdf", "mimeType": "", "buffer": PDF})
        person.press("保存并继续", "Save and continue")
    person.press("核对并提交", "Check and send")
    person.look("apply-check")
    page.check("[name=declaration]")
    person.press("声明属实，提交申请", "Declare and send")
    person.look("apply-receipt")
    person.says("申请已收到", "We have your application")
    return re.search(r"TZ\d{8}-\d{6}", person.main().inner_text()).group(0)


def test_a_firm_applies_without_script_and_corrects(visit):
    person = visit("he.jh", script=False)
    number = apply(person)
    person.press("查看办件", "See the case")
    person.look("space-case")
    case_id = int(person.page.url.rstrip("/").split("/")[-1])

    at, window = timezone.now(), actor("service_centre.window")
    items = (
        SupplementItem(path="floor_area", what="与总平面图不一致，请核对"),
        SupplementItem(material="site_plan", what="缺少四至坐标"),
    )
    request_supplement(actor=window, at=at, case_id=case_id, items=items, note="请一并补正")
    send_message(actor=window, at=at, case_id=case_id, body="补正后即可受理。")

    person.go("/space/")
    person.look("space")
    person.press("去补正", "Correct it now")
    person.look("space-corrections")
    person.page.fill("[name=floor_area]", "13000")
    plan = {"name": "plan.pdf", "mimeType": "", "buffer": PDF + b"2"}
    person.page.set_input_files('[name="material.site_plan"]', plan)
    person.press("提交补正", "Send the corrections")
    person.says("补正内容已提交", "Your corrections are sent")
    person.says(number)

    for name, path in {
        "message": f"cases/{case_id}/message/",
        "withdraw": f"cases/{case_id}/withdraw/",
        "rate": f"cases/{case_id}/rate/",
        "cases": "cases/",
        "documents": "documents/",
        "looks": "looks/",
    }.items():
        person.go(f"/space/{path}")
        person.look(f"space-{name}")


def test_a_search_in_everyday_words_leads_to_a_service_and_its_form(visit):
    """Typing suggests; a mistyped word is put right; Traditional finds Simplified; the service leads on."""
    person = visit(width=375)
    page = person.page
    person.go("/")
    field = page.get_by_role("combobox")
    option = page.get_by_role("option").first
    type_for(field, person.text("qiyekaiban", "start a comp"), option)
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert field.get_attribute("aria-expanded") == option.get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert page.get_by_role("option").count() == 0
    field.press("Enter")
    page.wait_for_url("**/search/?*")
    person.look("search-results")

    person.page.fill("[name=q]", person.text("企業開辦", "start a companny"))
    person.press("搜索", "Search")
    if person.language == "en":
        page.get_by_role("link", name="start a company", exact=True).click()
    first = page.locator("main h3 a").first
    assert person.text("企业开办", "Start a company") in first.inner_text()
    first.click()
    person.says("企业开办（一网通办）", "Start a company")
    page.locator("main a[href$='/apply/']").first.click()
    page.wait_for_url("**/login/**")


def test_a_visitor_books_a_counter(visit):
    person = visit("chen", script=False)
    person.go("/services/investment_approval/book/")
    person.look("book")

    # the second day: of today few times may be left, and those are radio buttons
    person.page.locator(".yw-days__link").nth(1).click()
    person.page.locator("[name=slot]").select_option(index=1)
    person.page.locator("main form button").first.click()

    person.says("请提前十分钟到", "Come ten minutes early")
    person.look("ticket")
    person.press("取消预约", "Cancel it")
    person.says("预约已取消", "The appointment is cancelled")
    person.look("appointments")


def test_the_check_works_by_keyboard_alone(visit):
    person = visit()
    page = person.page
    person.go("/services/investment_approval/check/")

    def tab_to(field: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.type") == field:
                return
        raise AssertionError(f"{field} cannot be reached by keyboard")

    for field in ("registered", "restricted", "land_ready"):
        tab_to(field)
        page.keyboard.press("Space")
    tab_to("submit")
    with page.expect_navigation():  # the key returns before the browser has begun to leave
        page.keyboard.press("Enter")

    person.says("可以申请", "You can apply")
    person.look("check-verdict")
