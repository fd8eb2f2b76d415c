"""How fast somebody may ask: a bucket that fills at an even pace and holds one second's worth."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """``per_second`` at most, over any stretch of time no more than that and one second's worth."""

    per_second: int
    held: float
    since: float

    def take(self, now: float) -> int:
        """Take one at ``now`` (seconds of a clock that never goes back); 0, or seconds to wait."""
        self.held = min(float(self.per_second), self.held + max(0.0, now - self.since) * self.per_second)
        self.since = max(now, self.since)
        if self.held < 1:
            return math.ceil((1 - self.held) / self.per_second)
        self.held -= 1
        return 0


def full_bucket(per_second: int, now: float) -> Bucket:
    """A bucket of somebody who has asked nothing yet."""
    return Bucket(per_second=per_second, held=float(per_second), since=now)
