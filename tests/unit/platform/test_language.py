"""The reader's language and the same page in the other one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory
from django.utils import translation

from yiwang.kernel.text import Language
from yiwang.platform.web.language import current_language, localized_path


@pytest.mark.parametrize(
    ("active", "expected"), [("zh-hans", "zh"), ("en", "en"), ("en-gb", "en"), ("fr", "zh")]
)
def test_the_language_is_chinese_unless_english_is_active(active: str, expected: Language) -> None:
    with translation.override(active):
        assert current_language() == expected


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", "en", "/en/"),
        ("/en/", "zh", "/"),
        ("/services/17/?q=%E6%B0%B4", "en", "/en/services/17/?q=%E6%B0%B4"),
        ("/en/services/17/?page=2", "zh", "/services/17/?page=2"),
        ("/en/services/", "en", "/en/services/"),
        ("/services/", "zh", "/services/"),
        ("/energy/", "zh", "/energy/"),
        ("/en//evil.example/", "zh", "/evil.example/"),
    ],
)
def test_the_same_page_in_a_language(path: str, language: Language, expected: str) -> None:
    assert localized_path(RequestFactory().get(path), language) == expected


@pytest.mark.parametrize(
    "path", ["/en//elsewhere.example/", "/en/\\elsewhere.example/", "/en/\\/elsewhere.example/"]
)
def test_the_other_language_is_never_another_site(path: str) -> None:
    request = RequestFactory().get("/")
    request.path = path

    address = localized_path(request, "zh")

    assert re.fullmatch(r"/[^/\\].*", address)
    assert urlsplit(address).netloc == ""
    assert "\\" not in address
