"""Decide a case: the approver's answer at the step that decides it."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import AlreadyDecided, OutcomeNotOffered
from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import Verdict
from yiwang.cases.rows.admission import not_resting, not_taken, stamp, task_for_officer
from yiwang.cases.rows.finishing import finish_task
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.case.decide")
def decide_case(
    *,
    actor: Actor,
    at: datetime,
    task_id: int,
    outcome: Verdict,
    grounds: str = "",
    conditions: str = "",
    articles: tuple[str, ...] = (),
    expected_version: int | None = None,
) -> CaseStamp:
    """Decide with grounds and articles (E58); the process goes on to licence and letters.

    Raises:
        AlreadyDecided: the case has its decision.
        OutcomeNotOffered: the step is not one that decides.
    """
    work = Work(actor, at)
    live, task = task_for_officer(work, task_id, expected_version)
    not_taken(work, task)
    not_resting(live)
    node = live.process.node(task.node)
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    if not live.type.decides(node):
        raise OutcomeNotOffered(outcome=outcome, offered=", ".join(node.outcomes))
    said = OpinionInput(grounds=grounds, conditions=conditions, articles=articles)
    finish_task(work, live, task, outcome=outcome, said=said)
    work.write()
    return stamp(live)
