"""The judges of pages do find faults: a page that is spoilt on purpose."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.live.judges import NU, judge_shown

pytestmark = pytest.mark.journey
SPOILT = """<!DOCTYPE html><html lang="zh-CN"><head><title>甲</title></head><body>
<main><h1>甲</h1><p>乙<img src="data:,"><input name="who"></p><p></div></main></body></html>"""


@pytest.mark.parametrize("script", [True, False])
def test_b34_each_judge_finds_what_is_spoilt(browser: Browser, script: bool) -> None:
    page = browser.new_context(java_script_enabled=script).new_page()
    page.set_content(SPOILT)

    faults = {name for name, _ in judge_shown(page, script=script)}

    assert {"image-alt", "label"} <= faults  # axe-core
    assert "WCAG2AA.Principle1.Guideline1_1.1_1_1.H37" in faults  # HTML CodeSniffer
    assert "WCAG2AA.Principle1.Guideline1_3.1_3_1.F68" in faults


def test_b34_the_checker_of_html_names_the_line() -> None:
    faults = NU.judge(SPOILT.encode())

    assert [fault.partition(":")[0] for fault in faults] == ["2", "2"]
    assert "Stray end tag" in faults[1]
