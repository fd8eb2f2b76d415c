"""One task as an officer sees it."""

from __future__ import annotations

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import TaskNotFound
from yiwang.cases.contracts.views import TaskView
from yiwang.cases.contracts.words import OPEN_PHASES, Phase, TaskState, Verdict
from yiwang.cases.models import Case, Task
from yiwang.cases.queries.rights import check_readable
from yiwang.cases.queries.types import type_version
from yiwang.kernel.feel import compile_expression
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


def task_for_officer(*, actor: Actor, number: str, task_id: int) -> TaskView:
    """Give one task of a case, in two statements at most: what an act needs before it is done.

    Raises:
        TaskNotFound: the case has no such task.
        CaseNotFound: the case is not for this officer.
    """
    task = Task.objects.select_related("case").filter(pk=task_id, case__number=number).first()
    if task is None:
        raise TaskNotFound
    check_readable(actor, task.case)
    return task_view(task, task.case, type_version(task.case.type_version_id), actor)


def task_view(task: Task, row: Case, kind: AppliedType, actor: Actor) -> TaskView:
    """Give a task of this case, with what its step offers and whether the actor may act now."""
    process = kind.process
    node = process.node(task.node) if process is not None and task.node in process else None
    outcomes = node.outcomes if node is not None else ()
    stopping = node is not None and node.stops is not None
    resting = {Phase.SUPPLEMENT} if stopping else {Phase.SUPPLEMENT, Phase.STOPPED}
    is_open = task.state in _OPEN and row.phase in OPEN_PHASES - resting
    in_reach = (
        actor.kind == "officer" and actor.organisation == task.organisation and task.role in actor.roles
    )
    is_free = task.state == TaskState.OPEN or task.assignee_id == actor.account_id
    return TaskView(
        id=task.pk,
        node=task.node,
        name=kind.step(task.node),
        role=task.role,
        organisation=task.organisation,
        state=TaskState(task.state),
        assignee_id=task.assignee_id,
        outcomes=outcomes,
        outcome=task.outcome,
        note=task.note,
        opened_at=task.opened_at,
        claimed_at=task.claimed_at,
        ended_at=task.ended_at,
        ended_by=task.ended_by,
        decides=node is not None and kind.decides(node),
        is_opinion=node is not None
        and not kind.examines_acceptance(node)
        and any(verdict in outcomes for verdict in Verdict),
        routes=node is not None and node.routes,
        replies=node is not None and node.replies,
        may_act=is_open and in_reach and is_free,
        form=(node.form if node is not None else None) or "",
        result=pending_result(row, kind) if node is not None and kind.decides(node) else None,
    )


def pending_result(row: Case, kind: AppliedType) -> Text | None:
    """The result that what was found in a case leads to, where its item declares results."""
    feel = kind.definition.result_of
    if feel is None:
        return None
    known = {"findings": {}, **row.data, "answers": row.answers}
    return kind.result_title(str(compile_expression(feel).evaluate(known, at=row.opened_at) or ""))
