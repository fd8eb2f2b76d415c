"""`worker` (internal): the worker process that `up` keeps running."""

from __future__ import annotations

from yiwang.server.worker import Worker


def command() -> None:
    """Work until SIGTERM."""
    Worker().run()
