"""Reading what callers hand to components: bilingual words, and dictionaries or objects alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from yiwang.platform.web import wording
from yiwang.platform.web.language import current_language, say


def words(text: object, en: object = "") -> str:
    """Give the words of a component: a Text, a zh/en mapping, a plain string, or a Chinese-English pair.

    Whatever is a date or a number is written as the reader's language writes it.
    """
    if en and isinstance(text, str):
        return str(en) if current_language() == "en" else text
    if isinstance(text, datetime):
        return wording.moment(text)
    if isinstance(text, date):
        return wording.day(text)
    if isinstance(text, int | Decimal) and not isinstance(text, bool):
        return wording.number(text)
    shown = say(text)
    # A string that a template has marked safe must stay so.
    return text if isinstance(text, str) else shown


def read(source: object, name: str, default: object = "") -> object:
    """Give a named part of a dictionary or an object; None counts as not there."""
    value = source.get(name) if isinstance(source, Mapping) else getattr(source, name, None)
    return default if value is None else value


def parts(source: object) -> list[object]:
    """Give the items of any iterable, none for nothing."""
    return list(source) if isinstance(source, Iterable) and not isinstance(source, str | Mapping) else []
