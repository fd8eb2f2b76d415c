"""An officer analyses layers: hot spots of lamps, statistics by district, and takes the table with him."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
