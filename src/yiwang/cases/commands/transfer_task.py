"""Transfer a task to a colleague or to another organisation (E23)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import RoleMissing
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import TaskState
from yiwang.cases.rows.admission import not_taken, stamp, task_for_officer
from yiwang.cases.rows.work import Work
from yiwang.identity.api import officers_of, organisation
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.task.transfer")
def transfer_task(
    *,
    actor: Actor,
    at: datetime,
    task_id: int,
    to_organisation: str = "",
    to_account: int | None = None,
    reason: str,
    expected_version: int | None = None,
) -> CaseStamp:
    """Hand a task over; its clock goes on. A named colleague must hold the step's role there.

    Raises:
        OrganisationUnknown: there is no such organisation.
        RoleMissing: the colleague may not do this step.
    """
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    not_taken(work, task)
    target = organisation(to_organisation or task.organisation).code
    if to_account is not None:
        held = [officer.roles for officer in officers_of(target, at=at) if officer.account_id == to_account]
        if not any(task.role in roles for roles in held):
            raise RoleMissing(role=task.role)
    work.note_row(
        "tasks_changed",
        id=task.id,
        state=TaskState.OPEN if to_account is None else TaskState.CLAIMED,
        assignee_id=to_account,
        organisation=target,
    )
    work.log(live, "task_transferred", task=task.id, node=task.node, to=target, reason=reason)
    work.write()
    return stamp(live)
