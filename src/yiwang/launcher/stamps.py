"""Marks of a finished installation: written last, so that an interrupted one is seen and repaired."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def digest(files: Iterable[Path], *facts: str) -> str:
    """One value for the content of the files and some facts; a missing file counts as such."""
    total = hashlib.sha256()
    for path in files:
        content = path.read_bytes() if path.is_file() else b"\0missing"
        total.update(f"{path.name} {len(content)} ".encode())
        total.update(content)
    total.update("\n".join(facts).encode())
    return total.hexdigest()


def matches(stamp: Path, value: str) -> bool:
    """The installation beside this stamp is the wanted one, whole."""
    try:
        return stamp.read_text().strip() == value
    except (FileNotFoundError, NotADirectoryError):
        return False


def write(stamp: Path, value: str) -> None:
    """Write the stamp by one rename, after everything else has reached the disk's cache."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    fresh.write_text(value + "\n")
    fresh.replace(stamp)


@contextmanager
def only_one(place: Path) -> Iterator[int]:
    """Hold the folder that really contains ``place`` (links followed): one installer at a time."""
    handle = os.open(place.resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)
