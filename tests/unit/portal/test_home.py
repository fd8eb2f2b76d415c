"""The front page holds together from its documented context, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "src/yiwang/portal/templates"
CONTEXT = yaml.safe_load(Path(__file__).with_name("home.yaml").read_text())


def front_page(settings, language: str) -> str:
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]},
    ]
    with translation.override(language):
        request = RequestFactory().get("/en/" if language == "en" else "/")
        return get_template("portal/home.html").render({"home": CONTEXT}, request)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-hans",
            ["您想办什么？", "全市46个部门的1,268项服务", "今日受理", "准予许可", "2026年11月21日 13:58"],
        ),
        (
            "en",
            ["What would you like to do?", "1,268 services of 46 departments", "Granted", "21 November 2026"],
        ),
    ],
)
def test_the_front_page_tells_what_it_was_given(settings, language: str, words: list[str]) -> None:
    html = front_page(settings, language)

    assert [word for word in words if word not in html] == []
    assert html.count('class="yw-results__item"') == 6
    assert html.count("<h1") == 1
    assert re.findall(r'\sstyle="|<script>|\son[a-z]+="', html) == []


def test_english_readers_find_no_chinese(settings) -> None:
    text = re.sub(r"<[^>]+>", " ", front_page(settings, "en"))

    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) == {"中文"}
