"""Functions on truth, and ``is``."""

from __future__ import annotations

from datetime import datetime, time

from yiwang.kernel.feel import logic
from yiwang.kernel.feel.functions.definition import define
from yiwang.kernel.feel.values import FeelList, Run, Value


@define("not", "negand: any")
def negated(_run: Run, negand: Value) -> Value:
    return logic.negation(negand)


@define("all", "list: list", variadic=True)
def all_true(_run: Run, members: FeelList) -> Value:
    return logic.conjunction(members)


@define("any", "list: list", variadic=True)
def any_true(_run: Run, members: FeelList) -> Value:
    return logic.disjunction(members)


@define("is", "value1: any", "value2: any")
def same(run: Run, one: Value, other: Value) -> Value:
    """Same kind and same value; two times in different zones are equal but not the same."""
    if type(one) is not type(other):
        return False
    if isinstance(one, datetime | time) and isinstance(other, datetime | time):
        return one == other and one.utcoffset() == other.utcoffset()
    return logic.equal(one, other, run) is True
