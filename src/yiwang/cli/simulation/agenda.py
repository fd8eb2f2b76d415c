"""What will be done when: acts in the order of their instants, and of their planning within one."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime

Act = Callable[[datetime], None]


class Agenda:
    """A queue of acts. What lies beyond the end is left undone: a living city has open work."""

    def __init__(self, *, since: datetime, until: datetime) -> None:
        """``since`` and ``until`` share the city's zone, in which every act is told its instant."""
        self.until = until
        self.now = since
        self._planned: list[tuple[datetime, int, Act]] = []
        self._order = 0

    def plan(self, at: datetime, act: Act) -> None:
        """Do something at an instant; what should have been done before is done now."""
        local = max(at, self.now).astimezone(self.until.tzinfo)
        if local > self.until:
            return
        self._order += 1
        heapq.heappush(self._planned, (local, self._order, act))

    def next(self) -> tuple[datetime, Act] | None:
        """Take the earliest act; None when the agenda is empty."""
        if not self._planned:
            return None
        self.now, _, act = heapq.heappop(self._planned)
        return self.now, act
