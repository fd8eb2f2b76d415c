"""Breaks of classes, proposed from quantiles: equal intervals, equal numbers, natural breaks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from yiwang.maps.making.contracts import Method

MOST_CLASSES = 9
#: Quantiles that proposals are made from: enough for breaks that are rounded to three digits anyway.
QUANTILES = 200


def breaks_of(quantiles: Sequence[float], classes: int, method: Method) -> tuple[float, ...]:
    """Give at most ``classes - 1`` rising breaks, from quantiles at even steps, the least and most included.

    Fewer where the values are too few or too much alike: none for a single value.
    """
    values = sorted(quantiles)
    if not values or values[0] == values[-1]:
        return ()
    classes = max(2, min(classes, MOST_CLASSES + 1))
    if method == "equal":
        step = (values[-1] - values[0]) / classes
        found = [values[0] + step * place for place in range(1, classes)]
    elif method == "quantile":
        last = len(values) - 1
        found = [values[round(last * place / classes)] for place in range(1, classes)]
    else:
        found = natural(values, classes)
    return _rounded(found, values[0], values[-1])


def natural(values: Sequence[float], classes: int) -> list[float]:
    """Breaks with the least sum of squares within classes (Fisher 1958; "Jenks"): the least value of each
    class but the first. Sorted values; time grows with classes times the square of their number."""
    many = len(values)
    classes = min(classes, many)
    sums, squares = [0.0], [0.0]
    for value in values:
        sums.append(sums[-1] + value)
        squares.append(squares[-1] + value * value)

    def within(first: int, last: int) -> float:
        total = sums[last] - sums[first]
        return squares[last] - squares[first] - total * total / (last - first)

    cost = [0.0] + [within(0, last) for last in range(1, many + 1)]
    begins: list[list[int]] = []
    for number in range(2, classes + 1):
        made, begin = [math.inf] * (many + 1), [0] * (many + 1)
        for last in range(number, many + 1):
            made[last], begin[last] = min(
                (cost[first] + within(first, last), first) for first in range(number - 1, last)
            )
        cost = made
        begins.append(begin)
    found, last = [], many
    for begin in reversed(begins):
        last = begin[last]
        found.append(values[last])
    return found[::-1]


def _rounded(found: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """To three digits of the range, rising, within the values; a class that rounding empties is left out."""
    places = 2 - math.floor(math.log10(high - low))
    rounded = sorted({round(each, places) + 0.0 for each in found})
    return tuple(each for each in rounded if low < each <= high)
