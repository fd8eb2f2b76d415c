"""`supervise` (internal): the background process of `up --detach`; it holds the lock that `up` took."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from yiwang.cli.database import open_database
from yiwang.cli.supervisor import City, Supervisor
from yiwang.platform.environment import environment


def command(
    host: Annotated[str, typer.Option()],
    port: Annotated[int, typer.Option()],
    web: Annotated[int, typer.Option()],
    lock: Annotated[int, typer.Option()],
) -> None:
    """Keep the city running until SIGTERM."""
    os.set_inheritable(lock, False)
    city = City(var=environment().var, dsn=open_database(), host=host, port=port, web=web)
    Supervisor(city).run(on_ready=lambda said: None)
