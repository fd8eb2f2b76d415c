"""When repeated failures lock a sign-in, and for how long. Pure; the instant is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Failures in a row that lock a user name.
ACCOUNT_FAILURES = 5
#: An address is shared by an office or a library, so it bears more before everybody behind it waits.
ADDRESS_FAILURES = 20
LOCK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Failures:
    """Failures in a row and until when they lock."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None


def is_locked(state: Failures, at: datetime) -> bool:
    """Whether a sign-in is refused unseen at this instant."""
    return state.locked_until is not None and at < state.locked_until


def after_failure(state: Failures, *, at: datetime, most: int) -> Failures:
    """Count one more failure; those older than the lock's length no longer count."""
    stale = state.last_at is None or at - state.last_at >= LOCK
    count = 1 if stale else state.count + 1
    return Failures(count=count, last_at=at, locked_until=at + LOCK if count >= most else None)
