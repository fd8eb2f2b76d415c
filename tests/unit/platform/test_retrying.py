"""Jobs are tried again ever later, but at least once an hour."""

from __future__ import annotations

from procrastinate.jobs import Job

from yiwang.platform.retrying import LONGEST_WAIT, UntilDone, wait_after


def test_waits_grow_threefold_up_to_an_hour():
    assert [wait_after(attempts) for attempts in range(9)] == [3, 9, 27, 81, 243, 729, 2187, 3600, 3600]
    assert wait_after(10_000) == LONGEST_WAIT


def test_no_failure_is_the_last():
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="t", attempts=500)

    assert UntilDone().get_retry_decision(exception=OSError(), job=job).retry_at is not None
