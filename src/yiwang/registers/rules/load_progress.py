"""How far the load of a file is, and how long it will take: shares of the whole as loads were measured."""

from __future__ import annotations

#: Percent at which each stage begins: reading, checking, writing.
BEGINS = {"waiting": 5, "checking": 40, "writing": 60}
_ENDS = {"waiting": 40, "checking": 60, "writing": 100}
_FIRST = BEGINS["waiting"]
#: Before so many percent an estimate is a guess.
_TOO_EARLY = 7


def percent_of(stage: str, share: float) -> int:
    """Percent of the whole when ``share`` (0 to 1) of a stage is done; 0 for a stage that is none.

    >>> percent_of("waiting", 0.5), percent_of("writing", 0.0), percent_of("done", 1.0)
    (22, 60, 0)
    """
    if stage not in BEGINS:
        return 0
    within = min(max(share, 0.0), 1.0)
    return int(BEGINS[stage] + (_ENDS[stage] - BEGINS[stage]) * within)


def seconds_left(percent: int, *, spent: float, since: float) -> int | None:
    """Seconds to the end, when ``spent`` seconds led to ``percent`` and that was ``since`` seconds ago.

    >>> seconds_left(52, spent=47.0, since=2.0), seconds_left(6, spent=1.0, since=0.0)
    (46, None)
    """
    if percent < _TOO_EARLY:
        return None
    whole = spent * (100 - _FIRST) / (percent - _FIRST)
    return max(0, round(whole - spent - since))
