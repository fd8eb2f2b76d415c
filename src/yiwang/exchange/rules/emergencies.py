"""The law of looks without a grant. Pure: instants are arguments."""

from __future__ import annotations

from datetime import datetime, timedelta

#: One incident: looks at further entries go on for so long and so often under the same opening.
LASTS = timedelta(hours=4)
MOST_LOOKS = 20
#: Somebody else reviews it within three days; a yellow card after two, a red one when they are over.
REVIEW_WITHIN = timedelta(days=3)
YELLOW_AFTER = timedelta(days=2)


def rung_at(opened_at: datetime, at: datetime) -> int:
    """The card that a look which nobody reviewed has reached: 0 none, 1 yellow, 2 red."""
    waited = at - opened_at
    return int(waited >= YELLOW_AFTER) + int(waited >= REVIEW_WITHIN)


def goes_on(*, ends_at: datetime, looks: int, at: datetime) -> bool:
    """Whether an opened incident still covers a further look."""
    return at < ends_at and looks < MOST_LOOKS
