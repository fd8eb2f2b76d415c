"""Run installers: their words go to the setup log, their failures become our sentences."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.launcher.contracts import DiskFull, NoNetwork, NoWritePermission, Stopped

_FULL = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded|not have enough free space")
_OFFLINE = re.compile(
    r"Could not resolve|Temporary failure (in name resolution|resolving)|Name or service not known"
    r"|Failed to establish a new connection|Connection refused|Connection timed out|Network is unreachable"
    r"|Cannot connect to proxy|Could not connect|ConnectTimeout|ReadTimeout|EAI_AGAIN|ENOTFOUND|ECONNREFUSED"
    r"|ECONNRESET|ETIMEDOUT|ENETUNREACH|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT"
)
_CLOSED = re.compile(r"Read-only file system|EROFS|EACCES|Permission denied")
_KEPT_LINES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a program ended and its last lines."""

    code: int
    tail: str


def run(
    command: list[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    on_line: Callable[[str], None] = lambda line: None,
    keep: tuple[int, ...] = (),
) -> Outcome:
    """Run a program to its end; each line goes to the log and to ``on_line``.

    ``keep`` are lock handles that the program inherits: if we are killed, the lock stands until it ends.
    """
    tail: deque[str] = deque(maxlen=_KEPT_LINES)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as written:
        written.write(f"$ {' '.join(command)}\n")
        with (
            subprocess.Popen(
                command,
                cwd=cwd,
                env=env,
                stdin=None if os.isatty(0) else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                pass_fds=keep,
            ) as program,
            _ended_with_us(program),
        ):
            for line in program.stdout or ():
                written.write(line)
                tail.append(line)
                on_line(line.rstrip("\n"))
        written.write(f"= {program.returncode}\n")
    return Outcome(code=program.returncode, tail="".join(tail))


@contextmanager
def _ended_with_us(program: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        program.terminate()
        raise


def reason(
    outcome: Outcome, *, what: Text, place: Path, needed_mb: int, log: Path, otherwise: Stopped
) -> Stopped:
    """Translate a failed program: a full disk, no network, no permission, or ``otherwise``."""
    if _FULL.search(outcome.tail):
        return DiskFull(place=str(place), needed_mb=needed_mb, free_mb=free_mb(place))
    if _OFFLINE.search(outcome.tail):
        return NoNetwork(what=what, log=str(log))
    if _CLOSED.search(outcome.tail) and not os.access(place, os.W_OK):
        return NoWritePermission(place=str(place))
    return otherwise


def free_mb(place: Path) -> int:
    """Free megabytes on the disk of a folder or of its nearest existing parent."""
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free // 1_000_000


def require_space(place: Path, needed_mb: int) -> None:
    """Refuse to begin what the disk cannot hold."""
    free = free_mb(place)
    if free < needed_mb:
        raise DiskFull(place=str(place), needed_mb=needed_mb, free_mb=free)


@contextmanager
def translated_os_errors(place: Path) -> Iterator[None]:
    """Turn the system's refusals into sentences."""
    try:
        yield
    except OSError as refused:
        if refused.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(place=str(place), needed_mb=100, free_mb=free_mb(place)) from refused
        if refused.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoWritePermission(place=str(refused.filename or place)) from refused
        raise
