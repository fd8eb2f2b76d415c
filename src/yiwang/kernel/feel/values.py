"""The values of FEEL and their passage from and to plain Python.

Inside, a number is a finite Decimal, a list a ``FeelList`` and a context a ``dict``. A context given by
the caller is taken over lazily, field by field, because a condition reads few of its fields.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from types import NoneType
from typing import TypeAlias

from yiwang.kernel.feel import errors, tree
from yiwang.kernel.feel.errors import FeelProblem
from yiwang.kernel.text import Text

MAX_STEPS = 100_000
MAX_CALLS = 40
MAX_TEXT = 100_000

# decimal128 (IEEE 754-2008), the number of the standard; nothing raises, what is not finite becomes null.
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of whole months; years are twelve of them."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an end that is None is open to all."""

    start: Value
    end: Value
    includes_start: bool
    includes_end: bool


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function literal together with the names it sees."""

    parameters: tuple[str, ...]
    call: Callable[[list[Value]], Value]


Value: TypeAlias = (
    "Decimal | str | bool | date | time | timedelta | YearsMonths | Range | Function"
    " | list[Value] | dict[str, Value] | None"
)


class FeelList(list["Value"]):
    """A list whose members are already values of FEEL."""

    __slots__ = ()


class Run:
    """One evaluation: what is left of its steps, and the instant it takes as now."""

    __slots__ = ("at", "calls", "instant", "left")

    def __init__(self, instant: datetime | None) -> None:
        self.left = MAX_STEPS
        self.calls = 0
        self.instant = instant
        self.at = tree.START  # the loop, filter or call that runs; named when the steps are used up

    def spend(self, steps: int) -> None:
        """Count steps; raises FeelProblem when no more are allowed."""
        self.left -= steps
        if self.left < 0:
            raise self.problem(errors.TOO_COSTLY)

    def problem(self, reason: Text) -> FeelProblem:
        """An error at the place that runs."""
        return FeelProblem(line=self.at.line, column=self.at.column, reason=reason)

    def text(self, value: str) -> str:
        """Let a made text through unless it has grown too large."""
        if len(value) > MAX_TEXT:
            raise self.problem(errors.TOO_LARGE)
        self.spend(len(value) // 100)
        return value


_AS_IT_IS = frozenset(
    {NoneType, bool, str, date, datetime, time, timedelta, YearsMonths, Range, Function, FeelList, dict}
)
SCALARS = frozenset({NoneType, bool, str, Decimal, date, datetime, time, timedelta, YearsMonths})


def adapt(given: object, run: Run) -> Value:
    """Take a Python value over; raises TypeError for what FEEL has no word for."""
    kind = type(given)
    if kind in _AS_IT_IS:
        return given  # type: ignore[return-value]  # the set above is the union's members
    if kind is Decimal:
        return given if given.is_finite() else None  # type: ignore[attr-defined,return-value]
    return _adapt_other(given, run)


def _adapt_other(given: object, run: Run) -> Value:
    match given:
        case int():
            return ARITHMETIC.create_decimal(given)
        case float():
            return ARITHMETIC.create_decimal(repr(given)) if math.isfinite(given) else None
        case Enum():
            return adapt(given.value, run)
        case str():
            return str.__str__(given)
        case list() | tuple() | set() | frozenset():
            run.spend(len(given) // 8)
            return FeelList([adapt(member, run) for member in given])
        case Mapping():
            return {str(key): adapt(value, run) for key, value in given.items()}
        case Decimal():
            return ARITHMETIC.create_decimal(given) if given.is_finite() else None
        case datetime():
            return datetime.combine(given.date(), given.timetz())
        case _:
            raise TypeError(f"FEEL has no value for {type(given).__name__}")


def plain(value: Value, run: Run) -> Value:
    """The value to hand out: plain lists and dicts all the way down."""
    if isinstance(value, list):
        run.spend(1 + len(value) // 8)
        return [plain(adapt(member, run), run) for member in value]
    if isinstance(value, dict):
        run.spend(1 + len(value) // 8)
        return {key: plain(adapt(member, run), run) for key, member in value.items()}
    return value


def finite(number: Decimal) -> Decimal | None:
    """A result of arithmetic, or null when it has left the numbers."""
    return number if number.is_finite() else None


def is_number(value: object) -> bool:
    """Whether a value is a number."""
    return type(value) is Decimal


_KINDS: dict[type, str] = {
    NoneType: "null", bool: "boolean", Decimal: "number", str: "string", date: "date", time: "time",
    datetime: "date and time", timedelta: "days and time duration",
    YearsMonths: "years and months duration", FeelList: "list", list: "list", dict: "context",
    Range: "range", Function: "function",
}  # fmt: skip
KIND_NAMES = frozenset(_KINDS.values()) | {"Any", "Null"}


def kind_of(value: Value) -> str:
    """The name that FEEL gives to the value's type."""
    return _KINDS[type(value)]
