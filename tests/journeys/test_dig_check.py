"""An officer draws ground on the map, learns what lies below it, and prints the report."""

from __future__ import annotations

import csv
import re

import pypdfium2
import pytest
from playwright.sync_api import expect
from tests.live.maps import corner, expect_drawn

from yiwang.platform.environment import ROOT

pytestmark = pytest.mark.journey


def _words(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return "".join("".join(found).split())


def test_an_officer_checks_before_digging_and_prints_it(visit, language) -> None:
    one = visit("construction.handler")
    page = one.page
    shown = "layers=districts,roads,pipes,road_openings&at=16.5/23.1317/113.2612&tool=dig"
    one.go(f"/map/?{shown}")
    expect_drawn(page)
    for offset in ((-120, -60), (60, -60), (60, 60), (-120, 60)):
        page.mouse.click(*corner(page, *offset))
    corners = page.locator("#dig-corners")
    expect(corners).to_have_value(re.compile(r"^(113\.26\d+,23\.13\d+\s*){4}$"))
    page.keyboard.press("Enter")
    page.locator("#dig-depth").fill("2")
    page.locator("#dig-begins").fill("2026-12-01")
    page.locator("#dig-ends").fill("2027-03-01")
    page.locator("#dig-reason").fill("穗建〔2026〕12号")
    page.locator("[data-dig-form] .govuk-button:not([type=button])").click()
    expect(page).to_have_url(re.compile(r"/map/dig/\d+/$"))
    found = "市自来水公司（演示）" if language == "zh" else "City Water Company (demonstration)"
    expect(page.locator("main")).to_contain_text(found)
    words = _words(one.paper("打印报告（PDF，附图）", "Print the report (PDF with map)"))
    wanted = ("动土核查报告", "图例", "EPSG:4547", "市建委") if language == "zh" else (
        "Checkbeforedigging", "Legend", "EPSG:4547", "GuangzhouMunicipalConstructionCommission",
    )  # fmt: skip
    assert [each for each in wanted if each not in words] == []
    assert len(re.findall(r"1:[125],?000", words)) == 1


def test_two_openings_of_a_road_in_the_same_weeks_are_told_together(visit, language) -> None:
    # the second opening of this road is planned for the week after the first
    ground = next(row["ground"] for row in _openings() if row["code"] == "DL20260005")
    one = visit("construction.handler")
    one.go("/map/dig/")
    one.page.fill("[name=corners]", ground)
    said = {"depth": "2", "begins-year": "2026", "begins-month": "12", "begins-day": "1", "ends-year": "2027"}
    for name, value in (said | {"ends-month": "1", "ends-day": "20", "reason": "穗建〔2026〕13号"}).items():
        one.page.fill(f"[name={name}]", value)
    one.press("核查", "Check")
    expect(one.page).to_have_url(re.compile(r"/map/dig/\d+/$"))
    one.says("同一道路、工期相近的开挖：一次开挖", "One road, the same weeks: open it once")
    one.says("DL20260005B")
    one.look("dig-report")


def _openings() -> list[dict[str, str]]:
    path = ROOT / "packs" / "underground_pipes" / "data" / "road_openings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
