"""What every page knows: the city, the reader's language, the menus. One context processor."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yiwang.kernel.text import Language, Text, text_from
from yiwang.platform.web.language import HTML_LANG, current_language, localized_path
from yiwang.platform.web.navigation import shown_entries

DEMONSTRATION_CITY = Text("演示城市", "Demonstration City")
HOTLINE = "12345"
#: Holds one of ``VIEWS`` or is absent.
VIEW_COOKIE = "yiwang_view"
VIEWS = ("large", "elder")


def city_name() -> Text:
    """Give the city's name from the setting YIWANG_CITY_NAME (a Text or a zh/en mapping)."""
    name = getattr(settings, "YIWANG_CITY_NAME", None)
    if isinstance(name, Text):
        return name
    if isinstance(name, Mapping):
        return text_from({"zh": str(name["zh"]), "en": str(name["en"])})
    return DEMONSTRATION_CITY


def chosen_view(request: HttpRequest) -> str:
    """How large and simple the reader wants pages, from a cookie that says nothing else; else empty."""
    chosen = request.COOKIES.get(VIEW_COOKIE, "")
    return chosen if chosen in VIEWS else ""


def page(request: HttpRequest) -> dict[str, object]:
    """Give ``city``, ``language``, ``html_lang``, ``other_language`` and the lazy ``navigation``."""
    language = current_language()
    other: Language = "zh" if language == "en" else "en"
    return {
        "city": {
            "name": city_name(),
            "hotline": getattr(settings, "YIWANG_CITY_HOTLINE", HOTLINE),
            "demonstration": getattr(settings, "YIWANG_DEMONSTRATION", True),
        },
        "language": language,
        "html_lang": HTML_LANG[language],
        "reader_view": chosen_view(request),
        "other_language": {
            "code": HTML_LANG[other],
            "name": "English" if other == "en" else "中文",
            "href": localized_path(request, other),
        },
        "navigation": {
            "portal": SimpleLazyObject(partial(shown_entries, "portal", request)),
            "account": SimpleLazyObject(partial(shown_entries, "account", request)),
            "desk": SimpleLazyObject(partial(shown_entries, "desk", request)),
            "footer": SimpleLazyObject(partial(shown_entries, "footer", request)),
        },
    }
