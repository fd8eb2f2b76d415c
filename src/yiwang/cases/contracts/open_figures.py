"""Figures that the city shows to everybody: sums only, nothing of any one applicant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFigures:
    """What was handled between two instants.

    ``days_used`` and ``days_by_law`` are averages in working days over the cases decided in the period, None
    when no case under a limit in working days was.
    """

    received: int
    received_online: int
    decided: int
    decided_at_once: int
    timed: int
    on_time: int
    days_used: float | None
    days_by_law: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledGroup:
    """Decided cases of one kind in one group: a district, a section of industry."""

    key: str
    decided: int
    approved: int
    days_median: float | None
    days_promised: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFigures:
    """What one organisation handled in a period, cases and opinions alike."""

    organisation: str
    open: int
    decided: int
    timed: int
    on_time: int
