"""`down`: stop what runs in the background."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from yiwang.cli import running
from yiwang.cli.console import say
from yiwang.cli.database import is_private
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import CityFailed
from yiwang.platform import private_database
from yiwang.platform.environment import environment

_SECONDS = 90
_STOPPED = Text("已全部停止。", "Everything has stopped.")
_NOTHING = Text("没有在运行。", "Nothing was running.")
_STEP = Text("停止", "stopping")


def command() -> None:
    """Ask the supervisor to stop and wait; a database that a killed supervisor left is stopped too."""
    var = environment().var
    stopped = stop_city(var)
    if is_private():
        stopped = private_database.stop(var) or stopped
    say(_STOPPED if stopped else _NOTHING)


def stop_city(var: Path) -> bool:
    """Stop the supervisor if one lives; True if it did."""
    if not running.is_locked(var):
        return False
    deadline = time.monotonic() + _SECONDS
    asked = None
    while running.is_locked(var):
        said = running.read(var)
        if said is not None and said.pid != asked:
            asked = said.pid
            with suppress(ProcessLookupError):  # it may have ended since it was read
                os.kill(said.pid, signal.SIGTERM)
        if time.monotonic() > deadline:
            raise CityFailed(step=_STEP, log=str(var / "log" / "supervisor.log"))
        time.sleep(0.1)
    return True
