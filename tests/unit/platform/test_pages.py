"""Every component is on the style guide, in both languages, within a strict content security policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from yiwang.platform.web.context import page
from yiwang.platform.web.style import guide


class Inspector(HTMLParser):
    """Collects ids, references to ids, and what a strict policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        self.references += given.get("aria-describedby", "").split()
        if "for" in given:
            self.references.append(given["for"])
        inline_script = tag == "script" and not given.get("src")
        if (
            tag == "style"
            or inline_script
            or "style" in given
            or any(name.startswith("on") for name in given)
        ):
            self.forbidden.append(tag)
        for name in ("src", "href"):
            if re.match(r"(https?:)?//", given.get(name, "")):
                self.forbidden.append(given[name])


def inspect(html: str) -> Inspector:
    inspector = Inspector()
    inspector.feed(html)
    return inspector


def style_guide(language: str, layout: str = "portal") -> str:
    address = "/en/style/" if language == "en" else "/style/"
    with override_settings(YIWANG_STYLE_GUIDE=True), translation.override(language):
        return guide(RequestFactory().get(address), layout).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("layout", ["portal", "desk"])
def test_the_style_guide_holds_together(language: str, layout: str) -> None:
    found = inspect(style_guide(language, layout))

    assert found.forbidden == []
    assert sorted(found.ids) == sorted(set(found.ids))
    assert sorted(set(found.references) - set(found.ids)) == []


def test_the_style_guide_is_for_builders_only() -> None:
    with override_settings(DEBUG=False, YIWANG_STYLE_GUIDE=False), pytest.raises(Http404):
        guide(RequestFactory().get("/style/"))


def test_english_pages_have_no_chinese_but_names() -> None:
    text = re.sub(r"<[^>]+>", " ", style_guide("en"))

    # what a person typed or named stays as it is; the link to the other language is in that language
    typed = {"中文", "阅江中路1号", "总平面图-2026-10.pdf", "本项目位于珠江新城。"}
    assert set(re.findall(r"[\u4e00-\u9fff][^\s<]*", text)) <= typed


@pytest.mark.parametrize("code", [400, 403, 404, 409])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_error_pages_speak_the_readers_language(code: int, language: str) -> None:
    request = RequestFactory().get("/en/nothing/" if language == "en" else "/nothing/")
    with translation.override(language):
        html = render_to_string(f"platform/errors/{code}.html", page(request), request)

    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in html
    assert inspect(html).forbidden == []


@pytest.mark.parametrize("code", [500, 503])
def test_the_last_error_pages_need_nothing_and_speak_both_languages(code: int) -> None:
    html = render_to_string(f"platform/errors/{code}.html")

    assert "<h1>" in html
    assert '<div lang="en">' in html
    assert inspect(html).forbidden == []
