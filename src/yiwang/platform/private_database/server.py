"""Start, stop and look at the private server. Every door may be called again at any moment."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from yiwang.launcher.contracts import NoWritePermission
from yiwang.platform.private_database.cluster import (
    data_version,
    failure,
    find_programs,
    make_cluster,
    write_settings,
)
from yiwang.platform.private_database.dsn import Dsn, private_dsn
from yiwang.platform.private_database.place import (
    SOCKET_NAME,
    SYSTEM_HOMES,
    Place,
    find_place,
    make_place,
    run_as,
)

#: Crash recovery of a busy gigabyte of log took 9 s on two cores; a slow disk may need far longer.
_START_SECONDS = 300
_STOP_SECONDS = 60
_ORPHAN_SECONDS = 10
_LOG_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What there is: the process if it runs, where the data lie, and their version (None: no data yet)."""

    pid: int | None
    home: Path | None
    version: int | None
    dsn: Dsn | None

    @property
    def is_running(self) -> bool:
        """A server works on the data."""
        return self.pid is not None


def ensure_running(var: Path, *, system_homes: Path = SYSTEM_HOMES) -> Dsn:
    """Make the database if there is none, repair what a crash left, start it, wait until it answers."""
    place = make_place(var, system_homes=system_homes)
    with _locked(place):
        if _postmaster(place) is None or _moved(place):
            _start(place)
    return private_dsn(place.socket)


def stop(var: Path) -> bool:
    """Stop the server; False if it did not run."""
    place = find_place(var)
    if place is None:
        return False
    with _locked(place):
        return _stop(place)


def status(var: Path) -> Status:
    """Look without touching anything."""
    place = find_place(var)
    if place is None:
        return Status(pid=None, home=None, version=None, dsn=None)
    try:
        pid, version = _postmaster(place), data_version(place)
    except PermissionError:
        raise NoWritePermission(place=str(place.home)) from None
    return Status(pid=pid, home=place.home, version=version, dsn=private_dsn(place.socket) if pid else None)


def destroy(var: Path) -> None:
    """Stop the server and remove all data for ever."""
    place = find_place(var)
    link = var / "postgres"
    if place is not None:
        with _locked(place):
            _stop(place)
            shutil.rmtree(place.home)
        if place.socket.parent != place.home:
            shutil.rmtree(place.socket, ignore_errors=True)
    if link.is_symlink():
        link.unlink()


def _start(place: Place) -> None:
    if place.data.is_dir() and _postmaster(place) is not None:
        _stop(place)  # it listens where the project was before it moved
    programs = find_programs(place)
    if not place.data.is_dir():
        make_cluster(place, programs)
    _clear_crash(place)
    write_settings(place, place.data)
    if place.log.exists() and place.log.stat().st_size > _LOG_LIMIT:
        place.log.replace(place.log.with_suffix(".log.1"))
    begun = place.log.stat().st_size if place.log.exists() else 0
    # Relative paths from the data folder: pg_ctl puts them through a shell, and ours may hold any character.
    command = [
        programs.program("pg_ctl"),
        "-D",
        ".",
        "-l",
        "../server.log",
        "-w",
        "-t",
        str(_START_SECONDS),
        "start",
    ]
    done = run_as(place.owner, command, cwd=place.data)
    if done.returncode != 0:
        raise failure(place, done.stdout + _log_since(place, begun))


def _stop(place: Place) -> bool:
    if _postmaster(place) is None:
        return False
    programs = find_programs(place)
    for mode in ("fast", "immediate"):
        command = [programs.program("pg_ctl"), "-D", ".", "-m", mode, "-w", "-t", str(_STOP_SECONDS), "stop"]
        if run_as(place.owner, command, cwd=place.data).returncode == 0:
            break
    return True


def _clear_crash(place: Place) -> None:
    """After kill -9 the pid and lock files stay, and their number may belong to another program by now.

    PostgreSQL would refuse to start. The files may go only when no process works on the data: a backend
    that outlived its postmaster would corrupt them, so such are waited for, then ended.
    """
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while orphans := list(_servers_in(place)):
        if time.monotonic() > deadline:
            for pid in orphans:
                with suppress(ProcessLookupError):  # it may end by itself this very moment
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
    for left in (
        place.data / "postmaster.pid",
        place.socket / SOCKET_NAME,
        place.socket / f"{SOCKET_NAME}.lock",
    ):
        left.unlink(missing_ok=True)


def _postmaster(place: Place) -> int | None:
    """The running server's pid: the pid file's number, if that process is a server in our data folder."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if pid in set(_servers_in(place)) else None


def _moved(place: Place) -> bool:
    return not (place.socket / SOCKET_NAME).exists()


def _servers_in(place: Place) -> Iterator[int]:
    """PostgreSQL processes whose working directory is our data folder (every one of them works there)."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            if (process / "comm").read_text().strip() != "postgres":
                continue
            if (process / "cwd").readlink() == place.data:
                yield int(process.name)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue


def _log_since(place: Place, begun: int) -> str:
    try:
        with place.log.open("rb") as log:
            log.seek(begun)
            return log.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


@contextmanager
def _locked(place: Place) -> Iterator[None]:
    """One of us at a time; the lock is on the folder itself and dies with its holder."""
    try:
        handle = os.open(place.home, os.O_RDONLY)
    except PermissionError:
        raise NoWritePermission(place=str(place.home)) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
