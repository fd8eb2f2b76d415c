"""How dates, numbers, money and spans of time are written in each language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Text
from yiwang.platform.web.language import current_language

_UNITS: dict[str, Text] = {
    "working_day": Text("个工作日", "working day"),
    "day": Text("天", "day"),
    "hour": Text("小时", "hour"),
    "working_hour": Text("个工作小时", "working hour"),
    "minute": Text("分钟", "minute"),
    "working_minute": Text("个工作分钟", "working minute"),
}


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: object) -> str:
    """``2026年11月21日`` or ``21 November 2026``; anything that is no date gives an empty text."""
    return day_pair(value).in_(current_language())


def day_pair(value: object) -> Text:
    """A day in both languages, to be put into a sentence of both."""
    return day_text(_local(value)) if isinstance(value, date) else Text("", "")


def moment(value: object) -> str:
    """A day with its time of day in the city: ``2026年11月21日 14:05``."""
    if not isinstance(value, datetime):
        return day(value)
    separator = ", " if current_language() == "en" else " "
    return f"{day(value)}{separator}{_local(value):%H:%M}"


def _amount(value: object) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def number(value: object) -> str:
    """Group thousands, keep the decimals as they are: ``1,234,567.80``; other words pass unchanged."""
    amount = _amount(value)
    if amount is None or not amount.is_finite():
        return "" if value is None or isinstance(value, bool) else str(value)
    return f"{amount:,f}"


def money(value: object) -> str:
    """An amount in yuan: ``1,234.50元`` or ``¥1,234.50``; whole yuan are written without decimals."""
    amount = _amount(value)
    if amount is None or not amount.is_finite():
        return "" if value is None or isinstance(value, bool) else str(value)
    figure = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"¥{figure}" if current_language() == "en" else f"{figure}元"


def span(count: int, unit: str) -> str:
    """A count with its unit: ``3个工作日`` or ``3 working days``; unit names as the clocks use them."""
    words = _UNITS[unit]
    if current_language() == "zh":
        return f"{count:,}{words.zh}"
    return f"{count:,} {words.en}" if count == 1 else f"{count:,} {words.en}s"


def size(count: int) -> str:
    """A file's size in KB or MB, as its owner would say it."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000)):,} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".0 MB", " MB")
