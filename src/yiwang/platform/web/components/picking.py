"""What the calendar beside a date question says, and where it learns on which days the offices rest."""

from __future__ import annotations

import json

from django.urls import reverse

from yiwang.kernel.text import Text
from yiwang.platform.web.language import current_language, say

#: Stands in an address where the script puts the year.
YEAR = 1000
_WORDS = {
    "open": Text("从日历选择", "Choose from a calendar"),
    "title": Text("选择日期", "Choose a date"),
    "close": Text("关闭", "Close"),
    "lastYear": Text("上一年", "Previous year"),
    "lastMonth": Text("上个月", "Previous month"),
    "nextMonth": Text("下个月", "Next month"),
    "nextYear": Text("下一年", "Next year"),
    "rest": Text("休息日", "day off"),
    "today": Text("今天", "today"),
    "month": Text("{year}年{month}", "{month} {year}"),
    "day": Text("{year}年{month}{day}日 {weekday}", "{weekday} {day} {month} {year}"),
    "between": Text("，", ", "),
}
_MONTHS_EN = "January February March April May June July August September October November December"
_WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_SHORT_EN = "Mo Tu We Th Fr Sa Su"
_days_off: list[str] = []


def use_days_off(url_name: str) -> None:
    """Name the address that tells the days off of a year; its only argument is the year."""
    _days_off[:] = [url_name]


def picker() -> dict[str, str]:
    """``words``: JSON for the script, in the reader's language; ``days_off``: an address with ``YEAR``."""
    is_english = current_language() == "en"
    words: dict[str, object] = {key: say(text) for key, text in _WORDS.items()}
    words["months"] = _MONTHS_EN.split() if is_english else [f"{month}月" for month in range(1, 13)]
    words["weekdays"] = _WEEKDAYS_EN.split() if is_english else [f"星期{day}" for day in "一二三四五六日"]
    words["short"] = _SHORT_EN.split() if is_english else list("一二三四五六日")
    return {
        "words": json.dumps(words, ensure_ascii=False),
        "days_off": reverse(_days_off[0], args=[YEAR]) if _days_off else "",
    }
