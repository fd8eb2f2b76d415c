"""A limit has passed in silence, and the law says what that means (E44)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.words import Outcome, Phase
from yiwang.cases.models import Clock
from yiwang.cases.rows.admission import RESTING, case_for_system
from yiwang.cases.rows.family import withdraw
from yiwang.cases.rows.finishing import finish_task
from yiwang.cases.rows.licences import issue
from yiwang.cases.rows.phases import decide
from yiwang.cases.rows.playing import give_to_parent
from yiwang.cases.rows.records import Live, Ruling
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor

_GROUNDS = "逾期未作出决定，依法视为准予。 Not decided within the limit: granted by law."


@command(operation="cases.clock.silence")
def accept_silence(*, actor: Actor, at: datetime, clock_id: int) -> bool:
    """Draw the legal consequence once; False when an act was first."""
    work = Work(actor, at)
    case_id = Clock.objects.values_list("case_id", flat=True).get(pk=clock_id)
    live = case_for_system(work, case_id)
    clock = Clock.objects.get(pk=clock_id)
    is_due = clock.state == "running" and clock.due_at is not None and clock.due_at <= at
    if not is_due or not clock.silence or not live.is_open or live.row.phase in RESTING:
        return False
    work.log(live, "silence", outcome=clock.silence)
    task = live.task(clock.task_id) if clock.task_id is not None else None
    if task is not None:
        finish_task(work, live, task, outcome=clock.silence, tacit=True)
    elif clock.task_id is None and live.row.decided_at is None:
        _grant(work, live)
    work.write()
    return True


def _grant(work: Work, live: Live) -> None:
    said = OpinionInput(grounds=_GROUNDS)
    decide(work, live, Ruling(verdict=Outcome.APPROVE, said=said), tacit=True)
    if live.type.definition.result.kind == "licence":
        issue(work, live)
    withdraw(work, live, Phase.CLOSED, Outcome.APPROVE)
    give_to_parent(work, live)
