"""The city that runs here: one supervisor, known by a lock that dies with it and a file that describes it."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the supervisor says about itself."""

    pid: int
    host: str
    port: int
    ready: bool

    @property
    def address(self) -> str:
        """Where this machine reaches it."""
        return f"http://{reachable_host(self.host)}:{self.port}"


def reachable_host(host: str) -> str:
    """The host to ask when the server listens on all addresses."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  a comparison
    return f"[{host}]" if ":" in host else host


def take_lock(var: Path) -> int | None:
    """Become the one supervisor; gives the handle to hold, or None if there is one."""
    (var / "run").mkdir(parents=True, exist_ok=True)
    handle = os.open(var / "run" / "city.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    forget(var)  # what a killed one said is no longer so
    return handle


def is_locked(var: Path) -> bool:
    """A supervisor lives (or a start is under way)."""
    try:
        handle = os.open(var / "run" / "city.lock", os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def read(var: Path) -> Running | None:
    """What the living supervisor says, or None if none lives or it has not spoken yet."""
    if not is_locked(var):
        return None
    try:
        return Running(**json.loads(_file(var).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write(var: Path, running: Running) -> None:
    """Say it, by one rename."""
    fresh = _file(var).with_suffix(".new")
    fresh.write_text(json.dumps(asdict(running)))
    fresh.replace(_file(var))


def forget(var: Path) -> None:
    """Nothing runs any more."""
    _file(var).unlink(missing_ok=True)


def _file(var: Path) -> Path:
    return var / "run" / "city.json"
