"""Work that the worker repeats for trust."""

from __future__ import annotations

from datetime import datetime

from yiwang.trust import api


def sequence(at: datetime) -> int:
    """Put the leaves written since the last round into the tree."""
    return api.sequence_leaves(at=at)


def tidy(at: datetime) -> int:
    """Close orders that nobody decided on; delete notes of time stamps when the law lets go of them."""
    return api.lapse_orders(at=at) + api.forget_time_stamps(at=at)
