"""The score of a source's entries from what was counted. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

_CENT = Decimal("0.01")


def score(counts: Mapping[str, tuple[int, int]], weights: Mapping[str, int]) -> Decimal:
    """The weighted mean of the shares that keep each rule, 0 to 100; one that applied to nothing is out.

    Rounded down, so that 100 means that nothing fails.

    >>> score({"a": (10, 0), "b": (10, 5)}, {"a": 1, "b": 1})
    Decimal('75.00')
    """
    applied = {key: each for key, each in counts.items() if each[0]}
    if not applied:
        return Decimal(100)
    whole = sum(weights[key] for key in applied)
    got = sum(
        (Decimal(weights[key] * (checked - failed)) / checked for key, (checked, failed) in applied.items()),
        Decimal(0),
    )
    return min(Decimal(100), got * 100 / whole).quantize(_CENT, ROUND_DOWN)


def is_defect(checked: int, failed: int, least: Decimal) -> bool:
    """Whether fewer keep a rule than must."""
    return failed > 0 and checked - failed < least * checked
