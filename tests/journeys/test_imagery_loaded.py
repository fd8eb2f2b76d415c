"""D50: a department loads a year of imagery in the browser, sees it on the map, and takes it back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.engines.maps.rasters.geotiffs import photo_bands, written
from tests.live.visit import Visit

pytestmark = pytest.mark.journey
#: Each language loads a year of its own; the demonstration has others.
YEARS = {"zh": "2011", "en": "2012"}


def _send(keeper: Visit, path: Path, year: str) -> None:
    keeper.go("/desk/rasters/")
    keeper.page.locator("section", has=keeper.page.locator("#orthophotos")).get_by_role("link").first.click()
    keeper.page.set_input_files("[name=file]", path)
    keeper.page.fill("[name=year]", year)
    keeper.look("rasters-send")
    keeper.press("上传并导入", "Upload and load")


def _told(keeper: Visit, zh: str, en: str) -> None:
    """Once the worker has read the file."""
    expect(keeper.main()).to_contain_text(keeper.text(zh, en), timeout=120_000)


def test_d50_a_year_is_loaded_shown_and_taken_back(visit, language, tmp_path) -> None:
    year = YEARS[language]
    keeper, colleague, citizen = visit("planning.handler"), visit("water.handler"), visit()
    noise = np.random.default_rng(1).integers(0, 255, (3, 2048, 2048), dtype="uint8")
    small = written(tmp_path / "small.tif", photo_bands(512))
    # larger than what goes whole: in parts, read by the worker while the page tells how far it is
    large = written(tmp_path / "large.tif", noise)
    assert large.stat().st_size > 8 * 1024 * 1024
    cut = tmp_path / "cut.tif"
    cut.write_bytes(large.read_bytes()[:9_000_000])

    keeper.go("/desk/rasters/")
    keeper.look("rasters-all")
    _send(keeper, cut, year)
    _told(keeper, "没有导入", "Nothing was loaded")
    keeper.says("文件不完整或已损坏", "it is cut off or damaged")
    keeper.look("rasters-refused")
    _send(keeper, small, "2025")
    keeper.says("要替换它", "Tick Replace")
    keeper.look("rasters-standing")
    _send(keeper, large, "2025")
    expect(keeper.page.locator("form [role=alert]")).to_contain_text(keeper.text("要替换它", "Tick Replace"))
    # the browser itself tells of both refusals; of the second nothing was sent
    assert [each for each in keeper.complaints if "status of 422" not in each] == []
    keeper.complaints.clear()
    _send(keeper, large, year)
    _told(keeper, f"已导入{year}年的影像", f"The edition of {year} is loaded")
    still = keeper.page.locator("img.yw-mapsheet-paper")
    expect(still).to_have_js_property("complete", True, timeout=60_000)
    assert still.evaluate("each => each.naturalWidth") > 0
    keeper.look("rasters-edition")

    keeper.press("在地图上看", "See it on the map")
    expect(keeper.page.locator("#map")).to_have_attribute("data-drawn", "yes", timeout=60_000)
    keeper.page.select_option("#imagery-base", label=year)
    keeper.look("rasters-on-the-map")

    keeper.go(f"/desk/rasters/orthophotos/editions/{year}/")
    tile = f"/maps/rasters/orthophotos/{year}.json"
    assert citizen.page.context.request.get(citizen.root + tile).status == 200
    keeper.page.on("dialog", lambda asked: asked.accept())
    keeper.page.fill("[name=reason]", "2011-03")
    keeper.press("撤回", "Take it back")
    keeper.says("已撤回", "Taken back")
    keeper.look("rasters-taken-back")
    assert citizen.page.context.request.get(citizen.root + tile).status == 404
    answer = colleague.page.context.request.get(f"{colleague.root}/desk/rasters/orthophotos/send/")
    assert answer.status == 404
