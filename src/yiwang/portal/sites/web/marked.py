"""Words of pages as safe HTML, with their language where it is not the reader's."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yiwang.portal.sites.rules.marks import html_of

CHINESE = "zh-Hans"


def as_html(text: str) -> SafeString:
    """A paragraph with its few marks as HTML."""
    return mark_safe(html_of(text))  # noqa: S308 - markdown-it escapes HTML and refuses script addresses


def foreign(text: str, *, block: bool) -> SafeString:
    """Chinese within an English page."""
    if block:
        return format_html('<div lang="{}">{}</div>', CHINESE, as_html(text))
    return format_html('<span lang="{}">{}</span>', CHINESE, text)
