"""A day's quota in shares: looks side by side count in different rows, or each would wait for the other.

A row that every look counts in is locked until the look is on the disk, so that a grant could be used no more
often than the disk writes: 400 times a second where a write takes 2.5 ms, whatever else the machine can do.
"""

from __future__ import annotations

#: Enough that two of eight looks seldom meet.
SLOTS = 64
#: A smaller quota is not divided: its shares would be used up at different times of the day.
_DIVIDED_FROM = 6_400


def slots_of(quota: int | None) -> int:
    """Into how many shares a quota is divided."""
    return SLOTS if quota is None or quota >= _DIVIDED_FROM else 1


def share_of(quota: int | None, slot: int) -> int | None:
    """What a slot may use; the shares of all slots are the quota exactly. None is without end."""
    if quota is None:
        return None
    slots = slots_of(quota)
    return quota // slots + (1 if slot < quota % slots else 0)
