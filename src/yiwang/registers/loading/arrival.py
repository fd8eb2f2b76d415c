"""Files as they arrive: in parts, under ``var/loads``, and how far the load of one is."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from yiwang.platform.contracts import StorageFull
from yiwang.platform.environment import environment
from yiwang.registers.contracts import WrongOffset
from yiwang.registers.rules.load_progress import percent_of, seconds_left

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


@dataclass(frozen=True, slots=True)
class Told:
    """How far a load is, as it last said: rows of its stage, percent of the whole, seconds to the end."""

    stage: str = ""
    rows: int = 0
    percent: int = 0
    left: int | None = None


@dataclass(slots=True)
class Gauge:
    """Tells how far a load is, now and then: beside the database, whose transaction nobody else sees."""

    file: str
    _told: float = 0.0
    _began: float = 0.0

    def __call__(self, stage: str, rows: int, share: float = 0.0) -> None:
        """Write it down; ``share`` of the stage is done, 0 where nobody knows."""
        if time.monotonic() - self._told < _PAUSE:
            return
        self._told = time.monotonic()
        path = _progress_of(self.file)
        # a stage, and a load that goes on after a kill, count from the first word
        self._began = self._began or float(_last_word(self.file).get("began", time.time()))
        told = {"stage": stage, "rows": rows, "share": share, "began": self._began, "at": time.time()}
        try:
            path.with_suffix(".new").write_text(json.dumps(told))
            path.with_suffix(".new").replace(path)
        except OSError as problem:
            if problem.errno not in _FULL:
                raise


def told(file: str) -> Told:
    """How far a load is; nothing where it has not said a word."""
    word = _last_word(file)
    if not word:
        return Told()
    stage = str(word["stage"])
    percent = percent_of(stage, float(word["share"]))
    at = float(word["at"])
    left = seconds_left(percent, spent=at - float(word["began"]), since=time.time() - at)
    return Told(stage=stage, rows=int(word["rows"]), percent=percent, left=left)


def _last_word(file: str) -> dict[str, str | float]:
    try:
        word = json.loads(_progress_of(file).read_text())
    except (OSError, ValueError):
        return {}
    return word if isinstance(word, dict) and {"stage", "rows", "share", "began", "at"} <= set(word) else {}


def forget_strangers(known: Collection[str], *, before: float) -> int:
    """Delete files of no load under way that were not written to since ``before`` (epoch seconds)."""
    gone = 0
    for path in folder().iterdir():
        file = path.name.removesuffix(".progress").removesuffix(".new")
        if file not in known and path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def touched(file: str) -> float:
    """When something last came, in epoch seconds; 0 where there is no file."""
    path = folder() / file
    return path.stat().st_mtime if path.exists() else 0.0


def _progress_of(file: str) -> Path:
    return folder() / f"{file}.progress"
