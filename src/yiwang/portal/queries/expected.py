"""When an application may be expected to be decided, before its clock runs."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.api import city_calendar
from yiwang.cases.definitions.case_type import Budget
from yiwang.kernel import clock as law


def expected_end(budget: Budget, *, since: datetime) -> datetime | None:
    """The end of a limit if it began at once and nothing stopped it."""
    state = law.ClockState(budget=law.Budget(budget.amount, law.Unit(budget.unit)), started_at=since)
    return law.due_at(state, city_calendar())
