"""An officer analyses layers: hot spots of lamps, statistics by district, and takes the table with him."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.live.maps import expect_drawn

pytestmark = pytest.mark.journey


def test_an_officer_analyses_layers_and_downloads_the_table(visit, language) -> None:
    one = visit("parks.handler")
    page = one.page
    one.go("/desk/analysis/")
    page.get_by_label("做什么" if language == "zh" else "What to do").select_option("counts")
    page.locator("#q-layer").select_option("street_lamps")
    page.locator("#q-other").select_option("districts")
    page.locator("main form .govuk-button").click()
    found = "荔湾区" if language == "zh" else "Liwan District"
    expect(page.locator("main table")).to_contain_text(found)
    one.go("/desk/analysis/?method=hot_spots&layer=street_lamps&metres=500")
    expect(page.locator("#findings-map")).to_have_attribute("data-drawn", "yes", timeout=60_000)
    expect(page.locator("main table")).to_contain_text("z值" if language == "zh" else "z-score")
    sheet = page.context.request.get(f"{page.url}&format=csv")
    assert sheet.status == 200
    assert sheet.text().startswith("\ufeff")
    one.look("spatial-analysis")


LINE = "113.26493,23.12678\n113.26573,23.12638"
AREA = "113.2648,23.1263\n113.2662,23.1263\n113.2662,23.1275\n113.2648,23.1275"


def test_an_officer_draws_a_profile_of_pipes(visit, language) -> None:
    one = visit("construction.handler")
    page = one.page
    one.go("/desk/analysis/")
    page.locator("#q-method").select_option("section")
    expect(page.locator("#q-metres")).to_be_hidden()
    page.locator("#q-layer").select_option("pipes")
    page.locator("#q-line").fill(LINE)
    page.locator("main form .govuk-button").first.click()
    expect(page.locator(".yw-profile svg ellipse")).not_to_have_count(0)
    expect(page.locator("main table")).to_contain_text("埋深" if language == "zh" else "Depth of the top")
    sheet = page.context.request.get(f"{page.url}&format=pdf")
    assert (sheet.status, sheet.headers["content-type"]) == (200, "application/pdf")
    one.look("pipe-profile")


def test_an_officer_selects_on_the_map_and_goes_on_to_analyse(visit, language) -> None:
    one = visit("parks.handler")
    page = one.page
    one.go("/map/?layers=street_lamps,roads&at=16/23.1268/113.2655&tool=select")
    expect_drawn(page)
    page.locator("#select-corners").fill(AREA)
    page.locator("#tool-select [data-typed-apply]").click()
    lamps = page.locator("#selected-street_lamps")
    expect(lamps).to_contain_text("路灯" if language == "zh" else "Street lamps")
    one.look("map-selection")
    page.locator("#tool-select .yw-selected a[href*='layer=street_lamps&']").last.click()
    expect(page.locator("#q-area")).to_have_value(AREA)
    expect(page.locator("main table")).to_contain_text("个数" if language == "zh" else "Number")
