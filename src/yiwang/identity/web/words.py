"""Bilingual texts where Django wants a lazy string: it is said when printed, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import lazystr

from yiwang.kernel.text import Text
from yiwang.platform.web.language import say

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class _Said:
    """A text that becomes words in the language of whoever prints it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return say(self.text)


def said(zh: str, en: str) -> _StrPromise:
    """A lazy string of two languages, for labels and messages of Django forms."""
    return lazystr(_Said(Text(zh, en)))
