"""The pages of supervision in a real browser: accessible by axe-core, no wider than a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.engines.insight.conftest import *  # noqa: F403 - its fixtures make the month
from tests.engines.insight.conftest import signed_in
from tests.engines.insight.test_pages import PAGES

from yiwang.platform.environment import environment

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("on_friday", "scheme"),
]
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(browser: Browser, html: str, width: int) -> list[object]:
    page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(120_000)
    page.route("**/*", lambda route: route.abort())
    page.set_content(html, wait_until="domcontentloaded")
    page.add_style_tag(path=environment().var / "static/theme/theme.css")
    page.add_script_tag(path=AXE)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    found: list[object] = [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return found + ([("too wide", wide)] if wide > width else [])


def test_supervision_pages_are_accessible(browser: Browser, watched, supervisor):
    client = signed_in(supervisor)
    # Chinese at a desk, English on a telephone: what differs is the layout and the length of words.
    views = [
        (prefix + path, width)
        for path in (*PAGES, "/statistics/?month=2026-03")
        for prefix, width in (("", 1280), ("/en", 375))
    ]
    pages = {path: client.get(path).content.decode() for path, _ in views}

    found = {path: told for path, width in views if (told := faults(browser, pages[path], width))}

    assert found == {}
