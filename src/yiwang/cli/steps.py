"""What a step of a start is: its name for people, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a step is told: the time, the number of demonstration cases, how to show progress (0 to 1)."""

    at: datetime
    scale: int
    show: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One named step."""

    title: Text
    run: Callable[[Start], None]
