"""Work that the worker repeats: each loop is a named function of the present instant.

A loop takes its rows with ``FOR UPDATE SKIP LOCKED`` in the transaction of their effect, so two workers
never do the same row and a killed one leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Loop:
    """``work(at)`` does what is due and gives how much that was; it runs every ``seconds``.

    What ``reaches_out`` of the database (files, mails, other hosts) does not run where days are simulated.
    """

    work: Callable[[datetime], int]
    seconds: float
    reaches_out: bool = False


LOOPS: Registry[Loop] = Registry("worker loops")


def repeat(key: str, work: Callable[[datetime], int], *, seconds: float, reaches_out: bool = False) -> None:
    """Register a loop at start."""
    LOOPS.register(key, Loop(work=work, seconds=seconds, reaches_out=reaches_out))
