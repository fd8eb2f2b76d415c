"""Jobs of dead workers are taken up again; those of living ones are left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from yiwang.platform.jobs import SILENCE, take_up_lost

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def _ask(statement: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def _job(state: str, *, silent: float | None = None, queueing_lock: str | None = None) -> object:
    """A job in hand of a worker that has been silent for so many seconds; None: a worker that is gone."""
    worker = None
    if silent is not None:
        [(worker,)] = _ask(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
            " RETURNING id",
            silent,
        )
    [(job,)] = _ask(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock)"
        " VALUES ('default', 'x', %s, %s, %s) RETURNING id",
        state,
        worker,
        queueing_lock,
    )
    return job


def _states() -> list[tuple[object, ...]]:
    return _ask("SELECT status::text, attempts FROM procrastinate_jobs ORDER BY id")


def test_the_job_of_a_silent_or_vanished_worker_is_taken_up_once():
    _job("doing", silent=SILENCE + 1)
    _job("doing")

    assert take_up_lost(NOON) == 2
    assert take_up_lost(NOON) == 0

    assert _states() == [("todo", 1), ("todo", 1)]


def test_the_job_of_a_living_worker_is_left_alone():
    _job("doing", silent=SILENCE - 5)
    _job("failed", silent=SILENCE + 1)
    _job("todo")

    assert take_up_lost(NOON) == 0

    assert _states() == [("doing", 0), ("failed", 0), ("todo", 0)]


def test_a_waiting_job_of_the_same_lock_does_the_work():
    _job("doing", queueing_lock="letter:7")
    _job("todo", queueing_lock="letter:7")

    assert take_up_lost(NOON) == 0

    assert _states() == [("doing", 0), ("todo", 0)]
