"""The door of cases: acts, then reads. Pages and other engines come in here and nowhere else."""

from __future__ import annotations

from yiwang.cases.commands.claim_task import claim_task
from yiwang.cases.commands.complete_task import complete_task
from yiwang.cases.commands.decide_case import decide_case
from yiwang.cases.commands.give_opinion import give_opinion
from yiwang.cases.commands.open_case import open_case
from yiwang.cases.commands.register_at_counter import register_at_counter
from yiwang.cases.commands.release_task import release_task
from yiwang.cases.commands.return_case import return_case
from yiwang.cases.commands.transfer_task import transfer_task
from yiwang.cases.queries.calendars import city_calendar
from yiwang.cases.queries.types import applied_types, case_type
from yiwang.cases.rows.adoption import adopt_type, retire_type

__all__ = [
    "adopt_type",
    "applied_types",
    "case_type",
    "city_calendar",
    "claim_task",
    "complete_task",
    "decide_case",
    "give_opinion",
    "open_case",
    "register_at_counter",
    "release_task",
    "retire_type",
    "return_case",
    "transfer_task",
]
