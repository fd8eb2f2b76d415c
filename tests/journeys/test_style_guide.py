"""The style guide in a real browser: accessible by axe-core, no wider than a phone, focus to be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import RequestFactory, override_settings
from django.utils import translation
from playwright.sync_api import Browser, Page

from yiwang.platform.environment import environment
from yiwang.platform.web.style import guide

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def open_guide(browser: Browser, language: str, layout: str, width: int) -> Page:
    address = "/en/style/" if language == "en" else "/style/"
    with override_settings(YIWANG_STYLE_GUIDE=True), translation.override(language):
        html = guide(RequestFactory().get(address), layout).content.decode()
    # Styles come after the page here: without reduced motion axe would judge colours half-way between.
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.route("**/*", lambda route: route.abort())
    page.set_content(html, wait_until="domcontentloaded")
    page.add_style_tag(path=environment().var / "static/theme/theme.css")
    page.wait_for_timeout(1000)
    return page


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("layout", ["portal", "desk"])
def test_the_style_guide_is_accessible(browser: Browser, language: str, layout: str, width: int) -> None:
    page = open_guide(browser, language, layout, width)
    page.add_script_tag(path=AXE)

    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)

    assert [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_the_keyboard_sees_where_it_is(browser: Browser) -> None:
    page = open_guide(browser, "zh-hans", "portal", 1280)

    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))

    assert seen == ["solid"] * 12
    page.close()
