"""Give a department's opinion on a joint step."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import Verdict
from yiwang.cases.rows.admission import not_resting, not_taken, stamp, task_for_officer
from yiwang.cases.rows.finishing import finish_task
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.task.complete")
def give_opinion(
    *,
    actor: Actor,
    at: datetime,
    task_id: int,
    verdict: Verdict,
    opinion: OpinionInput,
    expected_version: int | None = None,
) -> CaseStamp:
    """Say what the department thinks, with grounds and conditions; a row of its own."""
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    not_taken(work, task)
    not_resting(live)
    finish_task(work, live, task, outcome=verdict, said=opinion)
    work.write()
    return stamp(live)
