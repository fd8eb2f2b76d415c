"""A firm picks its plot and is told what conflicts; a citizen finds what is planned near home."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.live.desk import open_case
from tests.live.fill import fill
from tests.live.papers import a_pdf
from tests.live.project import PAPERS, pages
from tests.live.visit import Visit

from yiwang.cases.models import Case

pytestmark = pytest.mark.journey
#: Dwellings by the plan, 8,537 m², floor area ratio 3.5, 82 m high; a road will be widened over a part of it.
PLOT = "LW1501-05"
FILLED = {
    "plot": PLOT,
    "address-detail": "和田大道24号",
    "division": "440103018",
    "project_use": "R2",
    "land_area": "8537",
    "planned_far": "3.5",
    "planned_height": "82",
}
PICK = ("在地图或列表上选取", "Pick it on the map or a list")
CHOOSE = ("选定，填入表单", "Choose it and fill in the form")
#: Milliseconds: without a graphics card a whole city takes its time.
_DRAWN = 60_000
SAVE = ("保存并继续", "Save and continue")


def _to_the_site_page(firm: Visit, name: str) -> None:
    firm.go("/services/investment_approval/")
    firm.press("在线申请", "Apply now")
    firm.press("开始填写", "Start")
    firm.press("申报单位", "Applicant firm")
    for answers in pages(name)[:2]:
        fill(firm.page, answers)
        firm.press(*SAVE)


def _say_which_address(firm: Visit) -> None:
    """What is not likely to be one of the standard addresses is kept as the plot has it."""
    choice = firm.page.locator("[name='address-place']")
    if choice.count() and not firm.page.locator("[name='address-place']:checked").count():
        choice.last.check()


def _is_filled(firm: Visit) -> None:
    for field, value in FILLED.items():
        expect(firm.page.locator(f"[name={field}]")).to_have_value(value)
    firm.says(
        "道路红线“和田大道道路红线（规划拓宽）”重叠约778平方米", "About 778 m² lie within: Red line (road)"
    )


def test_a_firm_picks_its_plot_on_the_map_and_sees_what_conflicts(drawing, city, language) -> None:
    name = f"和田仓储改造（{language}）"
    firm = Visit(drawing, city.address, language=language).sign_in("luo")
    _to_the_site_page(firm, name)
    fill(firm.page, {"land_use": "own_land"})
    firm.look("apply-site")
    firm.press(*PICK)
    drawn = firm.page.locator("#map-of-pick-rows")
    expect(drawn).to_have_attribute("data-drawn", "yes", timeout=_DRAWN)
    firm.look("apply-pick")
    firm.page.fill("[name=q]", PLOT.lower())
    firm.press("查找", "Search")
    expect(drawn).to_have_attribute("data-drawn", "yes", timeout=_DRAWN)
    assert firm.page.locator("[name=entry]:checked").count() == 0
    # the map shows what was searched in its middle; where somebody points becomes what is chosen
    drawn.locator("canvas").click()
    expect(drawn).to_have_attribute("data-chosen", PLOT, timeout=_DRAWN)
    firm.look("apply-pick-chosen")
    firm.press(*CHOOSE)
    expect(firm.page.locator("[name=land_use][value=own_land]")).to_be_checked()
    _is_filled(firm)
    firm.look("apply-picked")

    fill(firm.page, {"project_use": "M1", "floor_area": "31000", "building_height": "18"})
    _say_which_address(firm)
    firm.press(*SAVE)
    firm.says("申报的总建筑面积超过规划容积率（3.5）", "more than the planned floor area ratio (3.5)")
    firm.says("与规划用地性质“二类居住用地”不一致", "not that of the plan (Dwellings (class 2))")
    firm.look("apply-conflicts")
    # it was shown once: the firm goes on as it is
    firm.press(*SAVE)
    for answers in pages(name)[3:]:
        fill(firm.page, answers)
        firm.press(*SAVE)
    tasks = firm.page.url
    for key in PAPERS:
        firm.page.goto(f"{tasks}papers/{key}/")
        firm.page.set_input_files("input[type=file]", [a_pdf(f"{key}.pdf")])
        firm.press(*SAVE)
    firm.press("核对并提交", "Check and send")
    firm.says("请注意：控规地块与规划或登记有冲突", "Mind this: Plot of the detailed plan has conflicts")
    firm.look("apply-check-conflicts")
    firm.page.check("[name=declaration]")
    firm.press("声明属实，提交申请", "Declare and send")
    case = Case.objects.get(title=name, parent=None)
    assert case.answers["plot"] == PLOT
    assert case.answers["floor_area"] == 31000
    firm.context.close()

    window = Visit(drawing, city.address, language=language).sign_in("service_centre.window")
    open_case(window, case.number)
    window.says(f"选取核对：控规地块 {PLOT}", f"What was picked: Plot of the detailed plan {PLOT}")
    window.says("申报的总建筑面积超过规划容积率（3.5）", "more than the planned floor area ratio (3.5)")
    window.look("desk-case-picked")
    window.context.close()


def test_d47_at_the_counter_a_plot_is_picked_on_the_map(drawing, city, language) -> None:
    window = Visit(drawing, city.address, language=language).sign_in("service_centre.window")
    window.go("/desk/counter/investment_approval/")
    drawn = window.page.locator("#map-of-list-plot")
    expect(drawn).to_be_hidden()
    window.page.locator("summary", has_text=window.text("在图上选", "Pick on the map")).click()
    expect(drawn).to_have_attribute("data-drawn", "yes", timeout=_DRAWN)
    window.page.fill("[name=plot]", PLOT.lower())
    window.press("按所填的开头几个字列出可选的", "List what begins with what is typed")
    expect(drawn).to_have_attribute("data-drawn", "yes", timeout=_DRAWN)
    # the map begins where the list does; where somebody points comes into the list, chosen
    window.page.fill("[name=plot]", "")
    drawn.locator("canvas").click()
    expect(window.page.locator(f"[name=plot-entry][value='{PLOT}']")).to_be_checked(timeout=_DRAWN)
    expect(drawn).to_have_attribute("data-chosen", PLOT, timeout=_DRAWN)
    expect(drawn).to_have_attribute("data-drawn", "yes", timeout=_DRAWN)
    window.look("desk-counter-pick-map")
    window.press(*CHOOSE)
    expect(window.page.locator("[name=plot]")).to_have_value(PLOT)
    window.look("desk-counter-picked")
    window.context.close()


def test_a_firm_picks_its_plot_without_script(visit, city, language) -> None:
    firm = visit("luo", script=False)
    _to_the_site_page(firm, f"和田仓储（{language}）")
    fill(firm.page, {"land_use": "own_land", "floor_area": "3000"})
    firm.press(*PICK)
    expect(firm.page.locator("#map-of-pick-rows")).to_be_hidden()
    firm.press(*CHOOSE)
    firm.says("请选择“控规地块”", "Choose “Plot of the detailed plan” from the list")
    firm.page.fill("[name=q]", "和田大道24号")
    firm.press("查找", "Search")
    firm.look("apply-pick-plain")
    firm.page.check(f"[name=entry][value='{PLOT}']")
    firm.press(*CHOOSE)
    _is_filled(firm)
    expect(firm.page.locator("[name=floor_area]")).to_have_value("3000")
    _say_which_address(firm)
    firm.press(*SAVE)
    firm.says("环境和安全", "Environment and safety")


def test_d45_a_citizen_finds_what_is_planned_near_home(visit, language) -> None:
    for script in (True, False):
        citizen = visit(script=script)
        citizen.go("/map/near/")
        citizen.look("near-ask")
        citizen.page.fill("[name=address]", "广州市荔湾区南湾街4号")
        citizen.press("查看", "Look")
        citizen.says("规划项目", "Planned projects")
        # those farther away than five are folded in
        assert citizen.text("批前公示", "On display before approval") in citizen.page.content()
        picture = citizen.page.locator(".yw-near-picture")
        expect(picture).to_be_visible()
        citizen.page.wait_for_function("document.querySelector('.yw-near-picture').naturalWidth > 0")
        citizen.look("near-found" if script else "near-found-plain")
        way = citizen.page.locator("aside a[href*='/map/?']").first.get_attribute("href")
        assert "planned_projects" in str(way)
