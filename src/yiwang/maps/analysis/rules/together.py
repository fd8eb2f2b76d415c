"""Which openings of one road are planned for the same weeks, so that the road should be opened once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from yiwang.maps.analysis.contracts import Opening

#: One that begins within two weeks after another ends can be moved to it.
_APART = timedelta(days=14)


def same_weeks(openings: Iterable[Opening]) -> Iterator[tuple[Opening, ...]]:
    """Give groups of two or more that are coming or open on one road, by road and first day.

    Each begins at most two weeks after one before it ends. One whose road nobody told is in no group.
    """
    live = [each for each in openings if each.standing == "live" and each.road]
    group: list[Opening] = []
    for each in sorted(live, key=lambda one: (one.road, one.begins, one.ends, one.code)):
        is_next = group and each.road == group[0].road
        if is_next and each.begins <= max(one.ends for one in group) + _APART:
            group.append(each)
            continue
        if len(group) > 1:
            yield tuple(group)
        group = [each]
    if len(group) > 1:
        yield tuple(group)


def joins(group: Iterable[Opening], begins: date, ends: date) -> bool:
    """Whether works of some days are in the same weeks as a group."""
    return any(each.begins <= ends + _APART and begins <= each.ends + _APART for each in group)
