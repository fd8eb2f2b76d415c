"""Functions on numbers and on lists of numbers."""

from __future__ import annotations

import operator
from collections import Counter
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from yiwang.kernel.feel import logic
from yiwang.kernel.feel.functions.definition import define
from yiwang.kernel.feel.values import ARITHMETIC, FeelList, Run, Value, YearsMonths, finite

_MAX_SCALE = 6_000


def _rounded(number: Decimal, scale: Decimal | None, mode: str) -> Value:
    places = scale if scale is not None else Decimal(0)
    if places != places.to_integral_value() or abs(places) > _MAX_SCALE:
        return None
    return finite(number.quantize(Decimal(1).scaleb(-int(places)), rounding=mode, context=ARITHMETIC))


@define("decimal", "n: number", "scale: number")
def decimal(_run: Run, number: Decimal, scale: Decimal) -> Value:
    return _rounded(number, scale, ROUND_HALF_EVEN)


@define("floor", "n: number", "scale: number?")
def floor(_run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(number, scale, ROUND_FLOOR)


@define("ceiling", "n: number", "scale: number?")
def ceiling(_run: Run, number: Decimal, scale: Decimal | None = None) -> Value:
    return _rounded(number, scale, ROUND_CEILING)


@define("round up", "n: number", "scale: number")
def round_up(_run: Run, number: Decimal, scale: Decimal) -> Value:
    return _rounded(number, scale, ROUND_UP)


@define("round down", "n: number", "scale: number")
def round_down(_run: Run, number: Decimal, scale: Decimal) -> Value:
    return _rounded(number, scale, ROUND_DOWN)


@define("round half up", "n: number", "scale: number")
def round_half_up(_run: Run, number: Decimal, scale: Decimal) -> Value:
    return _rounded(number, scale, ROUND_HALF_UP)


@define("round half down", "n: number", "scale: number")
def round_half_down(_run: Run, number: Decimal, scale: Decimal) -> Value:
    return _rounded(number, scale, ROUND_HALF_DOWN)


@define("abs", "n: any")
def absolute(_run: Run, number: Value) -> Value:
    match number:
        case Decimal():
            return abs(number)
        case timedelta():
            return abs(number)
        case YearsMonths():
            return YearsMonths(abs(number.months))
        case _:
            return None


@define("modulo", "dividend: number", "divisor: number")
def modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    """dividend - divisor * floor(dividend / divisor): the sign is the divisor's."""
    if not divisor:
        return None
    rest = ARITHMETIC.remainder(dividend, divisor)
    if rest and (rest < 0) is not (divisor < 0):
        rest = ARITHMETIC.add(rest, divisor)
    return finite(rest)


@define("sqrt", "number: number")
def sqrt(run: Run, number: Decimal) -> Value:
    run.spend(10)
    return finite(ARITHMETIC.sqrt(number)) if number >= 0 else None


@define("log", "number: number")
def log(run: Run, number: Decimal) -> Value:
    run.spend(10)
    return finite(ARITHMETIC.ln(number)) if number > 0 else None


@define("exp", "number: number")
def exp(run: Run, number: Decimal) -> Value:
    run.spend(10)
    return finite(ARITHMETIC.exp(number)) if abs(number) < 20_000 else None


@define("odd", "number: number")
def odd(_run: Run, number: Decimal) -> Value:
    return ARITHMETIC.remainder(number, Decimal(2)) in (1, -1)


@define("even", "number: number")
def even(_run: Run, number: Decimal) -> Value:
    return not ARITHMETIC.remainder(number, Decimal(2))


def _numbers(members: FeelList) -> list[Decimal] | None:
    numbers = [member for member in members if isinstance(member, Decimal)]
    return numbers if numbers and len(numbers) == len(members) else None


@define("sum", "list: list", variadic=True)
def total(run: Run, members: FeelList) -> Value:
    if not members:
        return None
    made: Value = members[0]
    if not isinstance(made, Decimal | timedelta | YearsMonths):
        return None
    for member in members[1:]:
        made = logic.add(made, member, run)
    return made


@define("product", "list: list", variadic=True)
def product(_run: Run, members: FeelList) -> Value:
    numbers = _numbers(members)
    if numbers is None:
        return None
    made = Decimal(1)
    for number in numbers:
        made = ARITHMETIC.multiply(made, number)
    return finite(made)


@define("mean", "list: list", variadic=True)
def mean(run: Run, members: FeelList) -> Value:
    return logic.divide(total(run, members), Decimal(len(members)), run) if members else None


@define("median", "list: list", variadic=True)
def median(_run: Run, members: FeelList) -> Value:
    numbers = _numbers(members)
    if numbers is None:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return ARITHMETIC.divide(ARITHMETIC.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@define("stddev", "list: list", variadic=True)
def stddev(_run: Run, members: FeelList) -> Value:
    numbers = _numbers(members)
    if numbers is None or len(numbers) < 2:
        return None
    centre = ARITHMETIC.divide(sum(numbers, Decimal(0)), Decimal(len(numbers)))
    squares = Decimal(0)
    for number in numbers:
        away = ARITHMETIC.subtract(number, centre)
        squares = ARITHMETIC.add(squares, ARITHMETIC.multiply(away, away))
    return finite(ARITHMETIC.sqrt(ARITHMETIC.divide(squares, Decimal(len(numbers) - 1))))


@define("mode", "list: list", variadic=True)
def mode(_run: Run, members: FeelList) -> Value:
    if not members:
        return FeelList()
    numbers = _numbers(members)
    if numbers is None:
        return None
    counted = Counter(numbers)
    most = max(counted.values())
    return FeelList(sorted(number for number, count in counted.items() if count == most))


def _extreme(members: FeelList, order: logic.Order) -> Value:
    if not members:
        return None
    best = members[0]
    if logic.compare(operator.le, best, best) is None:
        return None
    for member in members[1:]:
        better = logic.compare(order, member, best)
        if better is None:
            return None
        best = member if better else best
    return best


@define("min", "list: list", variadic=True)
def least(_run: Run, members: FeelList) -> Value:
    return _extreme(members, operator.lt)


@define("max", "list: list", variadic=True)
def greatest(_run: Run, members: FeelList) -> Value:
    return _extreme(members, operator.gt)


@define("count", "list: list")
def count(_run: Run, members: FeelList) -> Value:
    return Decimal(len(members))
