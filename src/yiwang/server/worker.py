"""The worker: repeats the registered loops and runs Procrastinate's jobs, until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from procrastinate.contrib.django import app as jobs_app

from yiwang.platform.jobs import HEARTBEAT, SILENCE
from yiwang.platform.loops import LOOPS

log = structlog.get_logger()
_PAUSE = 0.2


class Worker:
    """Loops on the main thread, jobs on a second one."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def stop(self, *_: object) -> None:
        """Finish the present loop and leave."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        jobs = threading.Thread(target=self._run_jobs, name="jobs", daemon=True)
        jobs.start()
        log.info("worker.started", loops=[key for key, _ in LOOPS])
        due = dict.fromkeys((key for key, _ in LOOPS), 0.0)
        while not self._stop.is_set():
            for key, loop in LOOPS:
                if due[key] <= time.monotonic():
                    run_loop(key, loop.work, timezone.now())
                    due[key] = time.monotonic() + loop.seconds
            self._stop.wait(_PAUSE)
        log.info("worker.stopped")

    def _run_jobs(self) -> None:
        while not self._stop.is_set():
            try:
                worker_app = jobs_app.with_connector(jobs_app.connector.get_worker_connector())  # type: ignore[attr-defined]
                worker_app.run_worker(
                    wait=True,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    fetch_job_polling_interval=2.0,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=SILENCE,
                )
            except Exception:
                log.exception("worker.jobs_failed")
                self._stop.wait(2)


def run_loop(key: str, work: Callable[[datetime], int], at: datetime) -> int:
    """Run one loop once; a fault is logged and the next round tries again."""
    close_old_connections()
    try:
        done = work(at)
    except DatabaseError:
        log.exception("worker.database_unreachable", loop=key)
        connection.close()
        return 0
    except Exception:
        log.exception("worker.loop_failed", loop=key)
        return 0
    if done:
        log.info("worker.loop", loop=key, done=done)
    return done
