"""Shares of a quota are the quota; a bucket lets through its pace and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.exchange.rules.quotas import share_of, slots_of
from yiwang.kernel.pace import full_bucket


@given(st.integers(min_value=1, max_value=10**9))
def test_the_shares_of_all_slots_are_the_quota(quota):
    shares = [share_of(quota, slot) for slot in range(slots_of(quota))]

    assert sum(shares) == quota
    assert min(shares) >= 1
    assert max(shares) - min(shares) <= 1


def test_without_a_quota_no_share_ends():
    assert {share_of(None, slot) for slot in range(slots_of(None))} == {None}


@given(
    st.integers(min_value=1, max_value=50),
    st.lists(st.floats(min_value=0, max_value=0.5), min_size=1, max_size=200),
)
def test_no_stretch_of_time_lets_more_through_than_the_pace_and_one_second(per_second, steps):
    bucket, now, passed = full_bucket(per_second, 0.0), 0.0, []
    for step in steps:
        now += step
        waits = bucket.take(now)
        if waits == 0:
            passed.append(now)
        else:
            assert waits == 1

    for first, begin in enumerate(passed):
        for last in range(first, len(passed)):
            most = per_second * (passed[last] - begin) + per_second
            assert last - first + 1 <= most + 1e-6


def test_a_clock_that_stands_still_gives_one_second_s_worth():
    bucket = full_bucket(3, 5.0)

    assert [bucket.take(5.0) for _ in range(5)] == [0, 0, 0, 1, 1]
    assert bucket.take(5.4) == 0
