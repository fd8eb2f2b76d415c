"""Whether a terminal works, as far as its page loads tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

#: The start page loads itself anew this often, which is the sign of life of a terminal that nobody uses.
START_PAGE_SECONDS = 300
#: Three of those missed.
SILENT_AFTER = timedelta(seconds=3 * START_PAGE_SECONDS)


class TerminalState(StrEnum):
    """Where a terminal stands."""

    WORKING = "working"
    SILENT = "silent"
    WAITING = "waiting"
    RETIRED = "retired"


def state_of(*, last_contact_at: datetime | None, retired_at: datetime | None, at: datetime) -> TerminalState:
    """The state at an instant; one that never called waits to be started."""
    if retired_at is not None:
        return TerminalState.RETIRED
    if last_contact_at is None:
        return TerminalState.WAITING
    return TerminalState.SILENT if at - last_contact_at > SILENT_AFTER else TerminalState.WORKING
