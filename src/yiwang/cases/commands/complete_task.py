"""Complete a task with one of the outcomes that its step declares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.rows.admission import not_resting, not_taken, stamp, task_for_officer
from yiwang.cases.rows.finishing import finish_task
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json


@command(operation="cases.task.complete")
def complete_task(
    *,
    actor: Actor,
    at: datetime,
    task_id: int,
    outcome: str,
    note: str = "",
    opinion: OpinionInput | None = None,
    organisation: str = "",
    findings: Mapping[str, Json] = MappingProxyType({}),
    expected_version: int | None = None,
) -> CaseStamp:
    """Do the work of a step. A verdict (approve, conditional, refuse) also stands as an opinion row.

    ``organisation`` is for a step that routes: it has the case from then on.
    ``findings`` are the answers to the form that the step asks, if it asks one.

    Raises:
        TaskNotFound, OperationNotAllowed, RoleMissing: not for this actor.
        CaseMovedOn, TaskTaken, TaskEnded, WrongPhase: not as it stands now.
        OutcomeNotOffered, GroundsMissing, InvalidInput, ResultNotFit: not with this answer.
    """
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    not_taken(work, task)
    not_resting(live, task)
    finish_task(
        work, live, task, outcome=outcome, note=note, said=opinion, findings=findings, to=organisation
    )
    work.write()
    return stamp(live)
