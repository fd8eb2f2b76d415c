"""Which simulations a database has seen, and how far each came: an interrupted one is completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yiwang.platform import sql

# Like the digest of the startup steps, this tells about the database and lies in it.
_TABLE = """
CREATE TABLE IF NOT EXISTS yiwang_simulation (
  seed bigint PRIMARY KEY, cases integer NOT NULL, since timestamptz NOT NULL, until timestamptz NOT NULL,
  reached timestamptz NOT NULL, finished boolean NOT NULL DEFAULT false)
"""
_FIND = "SELECT cases, since, until, reached, finished FROM yiwang_simulation WHERE seed = %s"
_BEGIN = "INSERT INTO yiwang_simulation (seed, cases, since, until, reached) VALUES (%s, %s, %s, %s, %s)"
_REACH = "UPDATE yiwang_simulation SET reached = %s WHERE seed = %s"
_FINISH = "UPDATE yiwang_simulation SET reached = until, finished = true WHERE seed = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A simulation of one seed: its span, and up to when everything has been done."""

    seed: int
    cases: int
    since: datetime
    until: datetime
    reached: datetime
    is_finished: bool


def find_run(seed: int) -> Run | None:
    """The run of a seed."""
    sql.execute(_TABLE)
    for cases, since, until, reached, finished in sql.fetch(_FIND, [seed]):
        assert isinstance(cases, int)  # noqa: S101 - columns of this type
        assert isinstance(since, datetime)  # noqa: S101
        assert isinstance(until, datetime)  # noqa: S101
        assert isinstance(reached, datetime)  # noqa: S101
        return Run(
            seed=seed, cases=cases, since=since, until=until, reached=reached, is_finished=finished is True
        )
    return None


def begin_run(seed: int, *, cases: int, since: datetime, until: datetime) -> Run:
    """Note that a run begins."""
    sql.execute(_TABLE)
    sql.execute(_BEGIN, [seed, cases, since, until, since])
    return Run(seed=seed, cases=cases, since=since, until=until, reached=since, is_finished=False)


def note_reached(seed: int, at: datetime) -> None:
    """Everything up to this instant has been done."""
    sql.execute(_REACH, [at, seed])


def finish_run(seed: int) -> None:
    """The run is complete."""
    sql.execute(_FINISH, [seed])
