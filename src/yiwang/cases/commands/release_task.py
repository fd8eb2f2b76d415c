"""Give a task back, so that a colleague can take it."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import TaskNotHeld
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import TaskState
from yiwang.cases.rows.admission import stamp, task_for_officer
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.task.release")
def release_task(
    *, actor: Actor, at: datetime, task_id: int, expected_version: int | None = None
) -> CaseStamp:
    """Give back a task that one holds.

    Raises:
        TaskNotHeld: it is not in the actor's hands.
    """
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    if task.state != TaskState.CLAIMED or task.assignee_id != actor.account_id:
        raise TaskNotHeld
    work.note_row("tasks_changed", id=task.id, state=TaskState.OPEN, assignee_id=None)
    work.log(live, "task_released", task=task.id, node=task.node)
    work.write()
    return stamp(live)
