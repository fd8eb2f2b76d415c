"""Jobs of a worker that was killed: Procrastinate leaves them ``doing`` for ever, so they are taken up again.

A living worker shows itself every two seconds, also while a job keeps it busy. Jobs run at least once, so
each looks first whether its work is done; a worker that was only slow does no harm.
"""

from __future__ import annotations

from datetime import datetime

from yiwang.platform import sql

#: Seconds between two signs of life of a worker, and after how many without one it counts as dead.
HEARTBEAT = 2.0
SILENCE = 10.0
#: A job of the same queueing lock that waits already does the work of the lost one.
_TAKE_UP = """
SELECT count(procrastinate_retry_job_v2(job.id, now(), NULL, NULL, NULL))
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing'
  AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
  AND NOT EXISTS (SELECT FROM procrastinate_jobs other
                  WHERE other.status = 'todo' AND other.queueing_lock = job.queueing_lock)
"""


def take_up_lost(at: datetime) -> int:
    """Put the jobs of dead workers back into the queue; gives how many. The database tells the time."""
    return sql.fetch_number(_TAKE_UP, [SILENCE])
