"""Three-valued logic, equality, order and arithmetic. What cannot be answered is null, never an error."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from yiwang.kernel.feel import temporal
from yiwang.kernel.feel.values import (
    ARITHMETIC,
    FeelList,
    Range,
    Run,
    Value,
    YearsMonths,
    adapt,
    finite,
)

MAX_EXPONENT = 10_000
_SIMPLE = frozenset({str, bool, Decimal, date, datetime, time, timedelta, YearsMonths})
_ORDERED = frozenset({Decimal, str, date, timedelta, YearsMonths})
_ZONED = frozenset({datetime, time})


def conjunction(values: Iterable[Value]) -> bool | None:
    """false if any is false, true if all are true, else null."""
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is not True:
            result = None
    return result


def disjunction(values: Iterable[Value]) -> bool | None:
    """true if any is true, false if all are false, else null."""
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is not False:
            result = None
    return result


def negation(value: Value) -> bool | None:
    """The contrary of a boolean, else null."""
    return not value if isinstance(value, bool) else None


def equal(left: Value, right: Value, run: Run) -> bool | None:
    """Equality; null for values of two kinds, which cannot be compared."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind in _SIMPLE:
        return left == right if type(right) is kind else None
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right, run)
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_contexts(left, right, run)
    if isinstance(left, Range) and isinstance(right, Range):
        return (
            left.includes_start is right.includes_start
            and left.includes_end is right.includes_end
            and equal(left.start, right.start, run) is True
            and equal(left.end, right.end, run) is True
        )
    return None


def _equal_lists(left: list[Value], right: list[Value], run: Run) -> bool:
    if len(left) != len(right):
        return False
    run.spend(1 + len(left) // 4)
    return all(
        equal(adapt(one, run), adapt(other, run), run) is True for one, other in zip(left, right, strict=True)
    )


def _equal_contexts(left: dict[str, Value], right: dict[str, Value], run: Run) -> bool:
    if left.keys() != right.keys():
        return False
    run.spend(1 + len(left) // 4)
    return all(equal(adapt(left[key], run), adapt(right[key], run), run) is True for key in left)


Order = Callable[[Any, Any], bool]  # of operator: lt, le, gt, ge


def compare(order: Order, left: Value, right: Value) -> bool | None:
    """Order of two values of one kind that has an order; else null."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return order(left, right)
    if kind in _ZONED and _has_zone(left) is _has_zone(right):
        return order(left, right)
    return None


def _has_zone(value: Value) -> bool:
    return isinstance(value, datetime | time) and value.utcoffset() is not None


def includes(members: Range, value: Value) -> bool | None:
    """Whether a value lies in a range."""
    above: bool | None = True
    below: bool | None = True
    if members.start is not None:
        above = compare(operator.ge if members.includes_start else operator.gt, value, members.start)
    if members.end is not None:
        below = compare(operator.le if members.includes_end else operator.lt, value, members.end)
    return conjunction((above, below))


def is_in(value: Value, test: Value, run: Run) -> bool | None:
    """value in test: one of a list, within a range, or equal."""
    if isinstance(test, Range):
        return includes(test, value)
    if isinstance(test, list) and not isinstance(value, list):
        run.spend(1 + len(test) // 8)
        answers = [
            includes(member, value) if isinstance(member, Range) else equal(value, member, run)
            for member in test
        ]
        return any(answer is True for answer in answers)
    if isinstance(test, list):
        return equal(value, test, run) or any(equal(value, member, run) is True for member in test)
    return equal(value, test, run)


def add(left: Value, right: Value, run: Run) -> Value:
    """Sum of numbers, texts, durations, or a moment and a duration."""
    match left, right:
        case Decimal(), Decimal():
            return finite(ARITHMETIC.add(left, right))
        case str(), str():
            return run.text(left + right)
        case YearsMonths(), YearsMonths():
            return YearsMonths(left.months + right.months)
        case timedelta(), timedelta():
            return _length(lambda: left + right)
        case ((date() | time()), _):
            return _moved(left, right)
        case ((YearsMonths() | timedelta()), (date() | time())):
            return _moved(right, left)
        case _:
            return None


def _moved(moment: Value, length: Value) -> Value:
    match moment, length:
        case date(), timedelta():
            return temporal.add_time(moment, length)
        case date(), YearsMonths():
            return temporal.add_months(moment, length.months)
        case time(), timedelta():
            return temporal.turn(moment, length)
        case _:
            return None


def _length(make: Callable[[], timedelta]) -> timedelta | None:
    try:
        return make()
    except OverflowError:
        return None


def subtract(left: Value, right: Value, run: Run) -> Value:
    """Difference of numbers, durations or moments, or a moment less a duration."""
    match left, right:
        case Decimal(), Decimal():
            return finite(ARITHMETIC.subtract(left, right))
        case datetime(), datetime():
            return left - right if _has_zone(left) is _has_zone(right) else None
        case time(), time():
            return _between_times(left, right)
        case date(), date():
            return left - right if type(left) is type(right) else None
        case timedelta(), timedelta():
            return _length(lambda: left - right)
        case _, (YearsMonths() | timedelta()):
            return add(left, negate(right), run)
        case _:
            return None


def _between_times(left: time, right: time) -> timedelta | None:
    if _has_zone(left) is not _has_zone(right):
        return None
    day = date(2000, 1, 1)
    return datetime.combine(day, left) - datetime.combine(day, right)


def multiply(left: Value, right: Value, run: Run) -> Value:
    """Product of numbers, or of a duration and a number."""
    match left, right:
        case Decimal(), Decimal():
            return finite(ARITHMETIC.multiply(left, right))
        case timedelta(), Decimal():
            return temporal.scale(left, right)
        case YearsMonths(), Decimal():
            return _months(ARITHMETIC.multiply(Decimal(left.months), right))
        case Decimal(), (timedelta() | YearsMonths()):
            return multiply(right, left, run)
        case _:
            return None


def _months(months: Decimal) -> YearsMonths | None:
    return YearsMonths(int(months)) if months.is_finite() and abs(months) < 10**12 else None


def divide(left: Value, right: Value, run: Run) -> Value:
    """Quotient of numbers, of a duration and a number, or of two durations of one kind."""
    match left, right:
        case (_, Decimal()) if not right:
            return None
        case Decimal(), Decimal():
            return finite(ARITHMETIC.divide(left, right))
        case timedelta(), Decimal():
            return temporal.scale(left, ARITHMETIC.divide(Decimal(1), right))
        case YearsMonths(), Decimal():
            return _months(ARITHMETIC.divide(Decimal(left.months), right))
        case timedelta(), timedelta():
            return divide(temporal.seconds_of(left), temporal.seconds_of(right), run)
        case YearsMonths(), YearsMonths():
            return divide(Decimal(left.months), Decimal(right.months), run)
        case _:
            return None


def power(left: Value, right: Value, run: Run) -> Value:
    """Power of numbers; exponents beyond ten thousand are null."""
    run.spend(10)
    if not isinstance(left, Decimal) or not isinstance(right, Decimal) or abs(right) > MAX_EXPONENT:
        return None
    return finite(ARITHMETIC.power(left, right))


def negate(value: Value) -> Value:
    """The negative of a number or a duration."""
    match value:
        case Decimal():
            return -value if value else value
        case YearsMonths():
            return YearsMonths(-value.months)
        case timedelta():
            return _length(lambda: -value)
        case _:
            return None


def as_list(value: Value) -> FeelList:
    """A list as it is; any other value as a list of one."""
    if isinstance(value, FeelList):
        return value
    return FeelList(value) if isinstance(value, list) else FeelList([value])
