"""When a job that failed is tried again."""

from __future__ import annotations

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

#: Seconds between two tries at most: what a full disk or a lost network held up is done within the hour.
LONGEST_WAIT = 3600


class UntilDone(BaseRetryStrategy):
    """Again after 3, 9, 27 … seconds, at least once an hour, for ever: the law waits for no machine."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """When to try again; ``attempts`` counts the tries before this one."""
        return RetryDecision(retry_in={"seconds": wait_after(job.attempts)})


def wait_after(attempts: int) -> int:
    """Seconds to wait after so many tries and one more."""
    return int(min(LONGEST_WAIT, 3 ** min(attempts + 1, 8)))
