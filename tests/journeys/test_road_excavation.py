"""A firm draws the ground that it wants to open on a map beneath the question, or types its corners."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.live.fill import fill
from tests.live.visit import Visit

from yiwang.cases.api import open_case
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.identity.testing import a_representative

pytestmark = pytest.mark.journey
#: Milliseconds: without a graphics card a whole city takes its time.
_DRAWN = 60_000
SAVE = ("保存并继续", "Save and continue")
CROSSED = "113.26,23.13\n113.261,23.131\n113.261,23.13\n113.26,23.131"
ANSWERS = {
    "builder": "广州云山管道有限公司",
    "contact": "陈大文",
    "phone": "13800138000",
    "division": "440104001",
    "address": "演示路1号至9号",
    "ground": "POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.1301, 113.26 23.1301, 113.26 23.13))",
    "depth": 1.5,
    "purpose": "更换老旧管道",
    "begins": "2026-12-01",
    "ends": "2026-12-20",
    "road_age": "older",
    "emergency": False,
}
PAPERS = tuple(GivenMaterial(key=key, file_id=1) for key in ("design", "traffic", "pipes"))
TYPED = "113.26,23.13\n113.261,23.13\n113.261,23.1301\n113.26,23.1301"


def _to_the_works(firm: Visit) -> None:
    firm.go("/services/road_excavation/")
    firm.press("在线申请", "Apply now")
    firm.press("开始填写", "Start")
    firm.press("申请单位", "Who digs")
    fill(firm.page, {"builder": "广州云山管道有限公司", "contact": "陈大文", "phone": "13800138000"})
    firm.press(*SAVE)


@pytest.mark.parametrize("language", ["zh"])
def test_a_firm_draws_the_ground_beneath_the_question(drawing, city, language) -> None:
    firm = Visit(drawing, city.address, language=language).sign_in("luo")
    _to_the_works(firm)
    box = firm.page.locator("[name=ground]")
    # the map begins where the box does
    box.fill(TYPED)
    firm.page.locator("summary", has_text=firm.text("在地图上画", "Draw it on the map")).click()
    canvas = firm.page.locator(".yw-drawing__canvas")
    expect(canvas).to_have_attribute("data-drawn", "yes", timeout=_DRAWN)
    firm.look("apply-area")
    firm.press("重画", "Draw anew")
    expect(box).to_have_value("")
    place = canvas.bounding_box()
    assert place is not None
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    for east, south in ((-60, -40), (60, -40), (60, 40), (-60, 40)):
        firm.page.mouse.click(middle[0] + east, middle[1] + south)
    expect(box).to_have_value(re.compile(r"^(113\.26\d*,23\.1[23]\d*\s*){4}$"))
    firm.press("撤销一个角点", "Take back a corner")
    expect(box).to_have_value(re.compile(r"^(113\.26\d*,23\.1[23]\d*\s*){3}$"))
    firm.press("画完", "End")
    firm.says("已画完，3个角点", "Drawn, with 3 corners")
    firm.look("apply-area-drawn")
    drawn = box.input_value()
    firm.page.locator("button[name=later]").click()
    firm.press("挖掘", "The works")
    expect(box).to_have_value(drawn)
    firm.context.close()


def test_a_firm_types_the_ground_without_script(visit, city, language) -> None:
    firm = visit("luo", script=False)
    _to_the_works(firm)
    expect(firm.page.locator(".yw-drawing")).to_be_hidden()
    firm.page.fill("[name=ground]", CROSSED)
    firm.press(*SAVE)
    firm.says("在113.2605,23.1305处相遇", "meet at 113.2605,23.1305")
    expect(firm.page.locator("[name=ground]")).to_have_value(CROSSED)
    firm.look("apply-area-refused")
    firm.page.fill("[name=ground]", TYPED)
    firm.page.locator("button[name=later]").click()
    firm.press("挖掘", "The works")
    expect(firm.page.locator("[name=ground]")).to_have_value(TYPED)


def test_the_examiner_checks_the_ground_with_one_click_from_the_case(visit, city, language) -> None:
    opened = open_case(
        actor=a_representative(),
        at=timezone.now(),
        type_code="road_excavation",
        answers=ANSWERS,
        materials=PAPERS,
    )
    window = visit("parks.handler")
    window.go(f"/desk/cases/{opened.number}/")
    fill(window.page, {"outcome": "accept"})
    window.press("提交", "Submit")
    window.go(f"/desk/cases/{opened.number}/")
    window.says("核查申请挖掘的范围", "Check the ground that is asked for")
    window.look("desk-case-dig")
    window.press("核查申请挖掘的范围", "Check the ground that is asked for")
    expect(window.page).to_have_url(re.compile(r"/map/dig/\d+/$"))
    window.says(opened.number)
    window.go(f"/desk/cases/{opened.number}/")
    window.says("DT2")
    window.look("desk-case-dug")
    window.go(f"/desk/cases/{opened.number}/process/")
    window.look("desk-process-dig")
