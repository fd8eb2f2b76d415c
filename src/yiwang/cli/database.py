"""The database of this installation: the private one, or the one that ``YIWANG_DATABASE_URL`` names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from yiwang.platform import private_database
from yiwang.platform.environment import environment
from yiwang.platform.private_database import Dsn

VARIABLE = "YIWANG_DATABASE_URL"


def open_database() -> Dsn:
    """Make sure that it answers, and name it to everything that this process starts."""
    chosen = environment()
    if chosen.database_url:
        return private_database.check_other(chosen.database_url)
    return private_database.ensure_running(chosen.var)


def is_private() -> bool:
    """Whether the installation has a server of its own."""
    return not environment().database_url


def name_running_database() -> None:
    """Name the private database to this process if it runs; it is not started."""
    var = environment().var
    if is_private() and private_database.status(var).is_running:
        os.environ[VARIABLE] = private_database.ensure_running(var).url
        environment.cache_clear()


@contextmanager
def database_of_command() -> Iterator[Dsn]:
    """The database while one command lasts; a private one that did not run before is stopped again."""
    stop_again = is_private() and not private_database.status(environment().var).is_running
    var = environment().var
    try:
        dsn = open_database()
        os.environ[VARIABLE] = dsn.url  # for settings, and for whatever the command starts
        environment.cache_clear()
        yield dsn
    finally:
        if stop_again:
            private_database.stop(var)
