"""Declared questions answered from a value at hand, as ``registers.questions`` does in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from yiwang.exchange.contracts import Question, Test
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import FieldKind
from yiwang.registers.rules.values import as_text

_COMPARED: Mapping[Test, Callable[[str, str], bool]] = {
    Test.ON_OR_BEFORE: lambda text, bound: date.fromisoformat(text) <= date.fromisoformat(bound),
    Test.ON_OR_AFTER: lambda text, bound: date.fromisoformat(text) >= date.fromisoformat(bound),
    Test.AT_LEAST: lambda text, bound: Decimal(text) >= Decimal(bound),
    Test.AT_MOST: lambda text, bound: Decimal(text) <= Decimal(bound),
}


def answered(question: Question, kind: FieldKind, value: Json, *, today: date) -> bool | None:
    """Whether the answer is yes; None where there is no value. ``kind`` is the field's."""
    text = as_text(value)
    if text is None:
        return None
    if question.test is Test.ONE_OF:
        # a division stands for everything within it
        return any(
            text.startswith(code) if kind is FieldKind.DIVISION else text == code for code in question.bounds
        )
    (bound,) = question.bounds
    if question.test is Test.YEARS_AT_LEAST:
        # full on the day after the anniversary (Civil Code, articles 201 and 202)
        return date.fromisoformat(text) < _years_before(today, int(bound))
    return _COMPARED[question.test](text, bound)


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
