"""Return work to an earlier step (E22)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AlreadyDecided, GroundsMissing, StepNotReturnable
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.rows.admission import not_resting, not_taken, stamp, task_for_officer
from yiwang.cases.rows.playing import play
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import JumpTo
from yiwang.platform import sql
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor

_VISITED = "SELECT count(*) FROM cases_task WHERE case_id = %s AND node = %s AND state = 'done'"


@command(operation="cases.case.return")
def return_case(
    *,
    actor: Actor,
    at: datetime,
    task_id: int,
    to_node: str,
    reason: str,
    expected_version: int | None = None,
) -> CaseStamp:
    """Go back from an open task to a step that was done before; what lies after it is withdrawn.

    Raises:
        StepNotReturnable: the step was not done in this case, or it examined an acceptance that stands.
        AlreadyDecided: the decision stands; it is not undone by going back.
    """
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    not_taken(work, task)
    not_resting(live)
    if not reason.strip():
        raise GroundsMissing(outcome="return")
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    is_settled = live.type.is_settled(to_node, accepted=live.row.accepted_at is not None)
    if is_settled or not sql.fetch_number(_VISITED, [live.id, to_node]):
        raise StepNotReturnable(node=to_node)
    work.log(live, "returned", task=task.id, node=task.node, to=to_node, reason=reason)
    play(work, live, JumpTo(task.token, to_node))
    work.write()
    return stamp(live)
