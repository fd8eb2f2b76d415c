"""How many maps one process draws and sets at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from yiwang.maps.printing.contracts import PrinterBusy

#: The longest map takes two seconds and 300 MB to be set, which is more than its drawing.
MOST_AT_ONCE = 2
_turns = BoundedSemaphore(MOST_AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Hold one of the turns while a map is drawn and set.

    Raises:
        PrinterBusy: all are taken.
    """
    if not _turns.acquire(blocking=False):
        raise PrinterBusy
    try:
        yield
    finally:
        _turns.release()
