"""Legal clocks: how long the law gives, what stops it, when it is due, and why. Pure; time is an argument."""

from yiwang.kernel.clock.counting import (
    DAY_THRESHOLDS,
    MINUTE_THRESHOLDS,
    Instants,
    Measure,
    Threshold,
    Thresholds,
    consumed,
    due_at,
    instants,
    is_stopped,
    remaining,
    rests_on_assumption,
    thresholds_of,
)
from yiwang.kernel.clock.explanation import DayLine, LineKind, explain
from yiwang.kernel.clock.state import Budget, ClockState, Stop, Unit

__all__ = [
    "DAY_THRESHOLDS",
    "MINUTE_THRESHOLDS",
    "Budget",
    "ClockState",
    "DayLine",
    "Instants",
    "LineKind",
    "Measure",
    "Stop",
    "Threshold",
    "Thresholds",
    "Unit",
    "consumed",
    "due_at",
    "explain",
    "instants",
    "is_stopped",
    "remaining",
    "rests_on_assumption",
    "thresholds_of",
]
