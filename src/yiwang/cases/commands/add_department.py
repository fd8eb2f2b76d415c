"""Ask one more department while the joint step runs (E20)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import DepartmentAlreadyAsked
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.rows.admission import case_for_officer, stamp
from yiwang.cases.rows.joint import asked_items, joint_host
from yiwang.cases.rows.playing import play
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import AddItem
from yiwang.identity.api import organisation as known_organisation
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.department.add")
def add_department(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    organisation: str,
    reason: str = "",
    expected_version: int | None = None,
) -> CaseStamp:
    """Have a further organisation answer; it gets its task or child case with its own clock.

    Raises:
        NoJointStep: nothing is being answered by many now.
        DepartmentAlreadyAsked: it takes part.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    known_organisation(organisation)
    host = joint_host(live)
    if organisation in asked_items(live, host):
        raise DepartmentAlreadyAsked(organisation=organisation)
    work.log(live, "department_added", organisation=organisation, reason=reason)
    play(work, live, AddItem(host.id, organisation))
    work.write()
    return stamp(live)
