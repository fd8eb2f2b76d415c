"""Which of the two languages a reader sees, and the same page in the other one."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import translation
from django.utils.encoding import escape_uri_path

from yiwang.kernel.text import Language, Text

ENGLISH_PREFIX = "/en/"
HTML_LANG: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}


def current_language() -> Language:
    """Give the language that Django has activated; anything that is not English is Chinese."""
    active = translation.get_language() or ""
    return "en" if active.startswith("en") else "zh"


def say(value: object, language: Language | None = None) -> str:
    """Give a Text, a ``{"zh", "en"}`` mapping or a plain value in the reader's language.

    >>> say({"zh": "广州", "en": "Guangzhou"}, "en")
    'Guangzhou'
    """
    wanted = language or current_language()
    if isinstance(value, Text):
        return value.in_(wanted)
    if isinstance(value, Mapping):
        return str(value[wanted])
    return "" if value is None else str(value)


def localized_path(request: HttpRequest, language: Language) -> str:
    """Give the address of the same page in a language, with its query.

    Chinese stands at ``/…`` and English at ``/en/…`` (i18n_patterns without a prefix for Chinese),
    so this is a matter of spelling and also works on a page that was not found.
    """
    path = request.path
    if path == ENGLISH_PREFIX.rstrip("/") or path.startswith(ENGLISH_PREFIX):
        path = "/" + path[len(ENGLISH_PREFIX) :]
    # "//host" and "/\\host" would be read as another site by a browser
    path = escape_uri_path("/" + path.lstrip("/"))
    if language == "en":
        path = ENGLISH_PREFIX + path[1:]
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
