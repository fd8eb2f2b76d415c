"""What is being done now: on standard error, over itself on a terminal."""

from __future__ import annotations

import sys
import time

_BEGUN = time.monotonic()


def told(doing: str) -> None:
    """Say it with the seconds since the start."""
    line = f"{time.monotonic() - _BEGUN:6.1f} s  {doing}"
    end = "\r" if sys.stderr.isatty() else "\n"
    print(f"{line:<72}", end=end, file=sys.stderr, flush=True)
