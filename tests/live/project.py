"""The investment project of the journeys: what the firm answers, what it hands in, who does what."""

from __future__ import annotations

from tests.live.fill import fill
from tests.live.papers import a_pdf
from tests.live.visit import Visit

PAPERS = ("feasibility", "land_proof", "site_plan", "impact_report")


def pages(name: str) -> list[dict[str, str | list[str]]]:
    """Answers page by page; what the registers know of the firm stands there already."""
    return [
        {"contact_name": "罗志强", "contact_phone": "13800000004"},
        {
            "project_name": name,
            "project_kind": "new_build",
            "industry": "C30",
            "foreign_invested": "no",
            "total_investment": "86000000",
            "start_date": "2027-3-1",
            "content": "新建智能化生产厂房一座。",
        },
        {
            "division": "440112001",
            "address": "科学城演示路2号",
            "land_use": "own_land",
            "land_area": "12000",
            "floor_area": "26000",
        },
        {"environment_class": "form", "hazardous": "no", "energy_use": "900"},
        {"truthful": ["confirmed"]},
    ]


def apply_for(visit: Visit, name: str) -> None:
    """From the guide to the submitted application, by the buttons of the pages."""
    visit.press("在线申请", "Apply now")
    visit.look("apply-start")
    visit.press("开始填写", "Start")
    visit.look("apply-tasks")
    visit.press("申报单位", "Applicant firm")
    assert visit.page.input_value("[name=credit_code]") == "91440100MADEM0001H"
    for answers in pages(name):
        fill(visit.page, answers)
        visit.look("apply-page")
        visit.press("保存并继续", "Save and continue")
        if "address" in answers:
            # none of the standard addresses: kept as it was typed
            visit.says("按我填写的保留", "keep what I typed")
            visit.press("保存并继续", "Save and continue")
    tasks = visit.page.url
    for key in PAPERS:
        visit.page.goto(f"{tasks}papers/{key}/")
        visit.page.set_input_files("input[type=file]", [a_pdf(f"{key}.pdf")])
        visit.look("apply-paper")
        visit.press("保存并继续", "Save and continue")
    visit.press("核对并提交", "Check and send")
    visit.look("apply-check")
    visit.page.check("[name=declaration]")
    visit.press("声明属实，提交申请", "Declare and send")
