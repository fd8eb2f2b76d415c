"""Take a task, so that colleagues see who works on it."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import TaskState
from yiwang.cases.rows.admission import not_taken, stamp, task_for_officer
from yiwang.cases.rows.phases import begin_review
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.task.claim")
def claim_task(*, actor: Actor, at: datetime, task_id: int, expected_version: int | None = None) -> CaseStamp:
    """Take an open task. Taking one's own task again changes nothing but the version.

    Raises:
        TaskTaken: a colleague was first.
    """
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    not_taken(work, task)
    work.note_row(
        "tasks_changed",
        id=task.id,
        state=TaskState.CLAIMED,
        assignee_id=actor.account_id,
        claimed_at=at,
    )
    begin_review(live)
    work.log(live, "task_claimed", task=task.id, node=task.node)
    work.write()
    return stamp(live)
