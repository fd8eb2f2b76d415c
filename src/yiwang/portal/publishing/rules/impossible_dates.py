"""Dates that no calendar has: 2025年2月29日, 二〇二六年四月三十一日, 2026-02-30, 30 February 2026."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from yiwang.kernel.days import MONTHS
from yiwang.portal.publishing.contracts import Rule
from yiwang.portal.publishing.rules.reading import Hit, Reading, ReadPage

_NUMERALS = "〇零一二三四五六七八九"
_N = rf"\d{{1,2}}|[{_NUMERALS}十]{{1,3}}"
_MONTH = "|".join(month.lower() for month in MONTHS)
_CHINESE = re.compile(
    rf"(?:(?P<y>\d{{4}}|[{_NUMERALS}]{{4}}) ?年 ?)?(?<![\d{_NUMERALS}十])"
    rf"(?P<m>{_N}) ?月 ?(?P<d>{_N}) ?(?:日|号)"
)
_PLAIN = re.compile(
    r"(?<![\d./-])(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d./-]*\d)"
)
_DAY_FIRST = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}) (?P<m>{_MONTH})(?: (?P<y>\d{{4}}))?(?!\w)")
_MONTH_FIRST = re.compile(rf"(?<!\w)(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:, (?P<y>\d{{4}}))?(?!\d)")
_PATTERNS = (_CHINESE, _PLAIN, _DAY_FIRST, _MONTH_FIRST)
#: 29 February is a day of some year.
_LEAP_YEAR = 2024


def impossible_dates(page: ReadPage) -> Iterator[Hit]:
    """Dates with a thirteenth month or a day that the month does not have; without a year, in any year."""
    for reading in page.readings:
        yield from _in_reading(reading)


def exists(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]


def _in_reading(reading: Reading) -> Iterator[Hit]:
    text = reading.folded.text
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            year = _number(found["y"]) if found["y"] else _LEAP_YEAR
            if not exists(year, _month(found["m"]), _number(found["d"])):
                yield Hit(rule=Rule.IMPOSSIBLE_DATE, reading=reading, start=found.start(), end=found.end())


def _month(written: str) -> int:
    names = [month.lower() for month in MONTHS]
    return names.index(written) + 1 if written in names else _number(written)


def _number(written: str) -> int:
    """Digits, or Chinese numerals up to 99 (三十一) or sign by sign (二〇二六)."""
    if written.isdecimal():
        return int(written)
    if "十" not in written:
        return int("".join(str(_digit(sign)) for sign in written))
    tens, _, ones = written.partition("十")
    return 10 * (_digit(tens) if tens else 1) + (_digit(ones) if len(ones) == 1 else 0)


def _digit(sign: str) -> int:
    # 〇 and 零 both are nought; a longer run before 十 is no number and makes no date.
    return max(_NUMERALS.find(sign) - 1, 0) if len(sign) == 1 else 99
