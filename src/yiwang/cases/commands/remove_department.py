"""Ask one department less while the joint step runs (E20)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import DepartmentNotAsked
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.joint import asked_items, joint_host
from yiwang.cases.rows.playing import play
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import RemoveItem
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.department.remove")
def remove_department(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    organisation: str,
    reason: str = "",
    expected_version: int | None = None,
) -> CaseStamp:
    """Take an organisation out that has not answered; its task or child case is withdrawn.

    Raises:
        NoJointStep: nothing is being answered by many now.
        DepartmentNotAsked: it takes no part, or has answered.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    host = joint_host(live)
    if organisation not in asked_items(live, host, unanswered=True):
        raise DepartmentNotAsked(organisation=organisation)
    work.log(live, "department_removed", organisation=organisation, reason=reason)
    play(work, live, RemoveItem(host.id, organisation))
    work.write()
    return stamp(live)
