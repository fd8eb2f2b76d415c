"""Days and months in the words of both languages."""

from __future__ import annotations

from datetime import date

from yiwang.kernel.text import Text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def day_text(day: date) -> Text:
    """``2026年11月21日`` and ``21 November 2026``."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def month_text(year: int, month: int) -> Text:
    """``2026年11月`` and ``November 2026``."""
    return Text(f"{year}年{month}月", f"{MONTHS[month - 1]} {year}")
