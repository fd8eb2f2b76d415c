"""Two officers at one task: the second is told who was first, and when."""

from __future__ import annotations

from yiwang.cases.api import task_for_officer
from yiwang.identity.api import account_names
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import moment

_DONE_BY = Text(
    "“{name}”已由{who}于{at}办理，您这次提交的内容没有生效。下面是办件现在的情况。",
    "{who} did “{name}” at {at}, so what you sent was not used. Below is the case as it stands now.",
)
_TAKEN_BY = Text(
    "“{name}”已由{who}于{at}签收，您这次提交的内容没有生效。",
    "{who} took “{name}” at {at}, so what you sent was not used.",
)
_THE_SYSTEM = Text("系统", "The system")


def came_late(actor: Actor, number: str, task_id: int) -> tuple[FieldProblem, ...]:
    """Who was first and when, where a colleague has done or taken the task meanwhile; else nothing."""
    task = task_for_officer(actor=actor, number=number, task_id=task_id)
    if task.ended_at is not None:
        words, account_id, at = _DONE_BY, task.ended_by, task.ended_at
    elif task.assignee_id not in {None, actor.account_id} and task.claimed_at is not None:
        words, account_id, at = _TAKEN_BY, task.assignee_id, task.claimed_at
    else:
        return ()
    name = account_names([account_id]).get(account_id, "") if account_id is not None else ""
    said = words.fill(name=say(task.name), who=name or say(_THE_SYSTEM), at=moment(at))
    return (FieldProblem(path="", text=said),)
