"""Five failures lock for fifteen minutes; old failures don't count; a lock ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yiwang.identity.rules.lock_out import Failures, after_failure, is_locked

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def fail(*minutes):
    state = Failures()
    for minute in minutes:
        state = after_failure(state, at=NOON + minute * MINUTE, most=5)
    return state


def test_the_fifth_failure_locks_for_a_quarter_of_an_hour():
    assert is_locked(fail(0, 1, 2, 3), NOON + 3 * MINUTE) is False
    locked = fail(0, 1, 2, 3, 4)
    assert is_locked(locked, NOON + 4 * MINUTE) is True
    assert is_locked(locked, NOON + 18.99 * MINUTE) is True
    assert is_locked(locked, NOON + 19 * MINUTE) is False


def test_a_quarter_of_an_hour_of_quiet_starts_the_count_again():
    assert fail(0, 1, 2, 3, 18).count == 1
    assert fail(0, 1, 2, 3, 17).count == 5


@given(st.lists(st.integers(0, 30), max_size=30))
def test_locked_exactly_when_five_followed_each_other_closely(gaps):
    state, at, run = Failures(), NOON, 0
    for gap in gaps:
        at += gap * MINUTE
        run = run + 1 if gap < 15 and run else 1
        state = after_failure(state, at=at, most=5)
        assert is_locked(state, at) == (run >= 5)
