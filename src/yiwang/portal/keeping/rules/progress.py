"""How far a whole copy is. Pure; the clock is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Progress:
    """Of so many addresses, begun after one of them, at an instant of the monotonic clock."""

    wanted: int
    after: str
    begun: float
    done: int = 0
    _told: float = field(default=float("-inf"))

    def reached(self, address: str) -> None:
        """One more; a list's further screen counts with its first."""
        if "?" not in address:
            self.after = address
            self.done += 1

    def is_to_be_told(self, now: float, every: float) -> bool:
        """Whether some seconds have passed since it last was."""
        if now - self._told < every:
            return False
        self._told = now
        return True

    def told(self, now: float, left: int) -> dict[str, float]:
        """Figures for the log."""
        spent = max(now - self.begun, 0.001)
        speed = self.done / spent
        found: dict[str, float] = {"done": self.done, "left": left, "a_second": round(speed, 1)}
        found["seconds_left" if left else "seconds"] = round(left / speed if left and speed else spent)
        return found
