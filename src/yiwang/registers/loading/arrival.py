"""Files as they arrive: in parts, under ``var/loads``, and how far the load of one is."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from yiwang.platform.contracts import StorageFull
from yiwang.platform.environment import environment
from yiwang.registers.contracts import WrongOffset

_FULL = {errno.ENOSPC, errno.EDQUOT}
#: Seconds between two words on how far it is.
_PAUSE = 0.5


def folder() -> Path:
    """Where files lie until they are loaded; only the installation's user reads them."""
    found = environment().var / "loads"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def received(file: str) -> int:
    """How many bytes have come: what a sender that was cut off goes on from."""
    path = folder() / file
    return path.stat().st_size if path.exists() else 0


def append(file: str, *, offset: int, content: bytes, size: int) -> int:
    """Add a part at the end; gives how many bytes there are now.

    Raises:
        WrongOffset: the part does not begin where the file ends, or leads beyond what was announced.
        StorageFull: the disk has no room; what fitted stays, and the sender asks from where to go on.
    """
    try:
        with (folder() / file).open("ab", buffering=0) as kept:
            # two senders of the same file must not write into each other
            fcntl.flock(kept, fcntl.LOCK_EX)
            end = os.fstat(kept.fileno()).st_size
            if offset != end or end + len(content) > size:
                raise WrongOffset(offset=end)
            view = memoryview(content)
            while view:
                view = view[kept.write(view) :]
            os.fsync(kept.fileno())
            return os.fstat(kept.fileno()).st_size
    except OSError as problem:
        if problem.errno in _FULL:
            raise StorageFull from problem
        raise


def put_away(file: str) -> None:
    """A file that is loaded or refused is needed no more."""
    for path in (folder() / file, _progress_of(file)):
        path.unlink(missing_ok=True)


@dataclass(slots=True)
class Gauge:
    """Tells how far a load is, now and then: beside the database, whose transaction nobody else sees."""

    file: str
    _told: float = 0.0

    def __call__(self, stage: str, rows: int) -> None:
        """Write it down."""
        if time.monotonic() - self._told < _PAUSE:
            return
        self._told = time.monotonic()
        path = _progress_of(self.file)
        try:
            path.with_suffix(".new").write_text(json.dumps({"stage": stage, "rows": rows}))
            path.with_suffix(".new").replace(path)
        except OSError as problem:
            if problem.errno not in _FULL:
                raise


def rows_done(file: str, stage: str) -> int:
    """How many rows of a stage are done, as last told."""
    try:
        told = json.loads(_progress_of(file).read_text())
    except (OSError, ValueError):
        return 0
    return int(told["rows"]) if told.get("stage") == stage else 0


def _progress_of(file: str) -> Path:
    return folder() / f"{file}.progress"
