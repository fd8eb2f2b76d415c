"""Issue the cards that a running clock has come to (electronic supervision, E42)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.words import CardLevel
from yiwang.cases.models import Card, Clock
from yiwang.cases.rows.admission import case_for_system
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json

_WARNED, _YELLOW, _RED = 1, 2, 3
_LEVELS = {_YELLOW: CardLevel.YELLOW, _RED: CardLevel.RED}


@command(operation="cases.card.issue")
def issue_card(*, actor: Actor, at: datetime, clock_id: int) -> int:
    """Bring a clock's ladder up to the present; gives how many rungs were reached."""
    work = Work(actor, at)
    case_id = Clock.objects.values_list("case_id", flat=True).get(pk=clock_id)
    live = case_for_system(work, case_id)
    clock = Clock.objects.select_related("task").get(pk=clock_id)
    reached = _rung(clock, at) if clock.state == "running" else 0
    for rung in range(clock.rung + 1, reached + 1):
        _reach(work, live, clock, rung)
    done = max(reached - clock.rung, 0)
    if done:
        clock.rung = reached
        clock.save(update_fields=["rung"])
        work.write()
    return done


def _rung(clock: Clock, at: datetime) -> int:
    ladder = ((_RED, clock.red_at), (_YELLOW, clock.yellow_at), (_WARNED, clock.warn_at))
    return next((rung for rung, instant in ladder if instant is not None and instant <= at), 0)


def _reach(work: Work, live: Live, clock: Clock, rung: int) -> None:
    told: dict[str, Json] = {"clock": clock.pk, "organisation": clock.organisation, "task": clock.task_id}
    if rung == _WARNED:
        work.log(live, "warned", kind=clock.kind, organisation=clock.organisation)
        work.tell(facts.CLOCK_WARNED, live, **told)
        return
    level = _LEVELS[rung]
    card = Card.objects.create(
        level=level,
        clock=clock,
        case_id=live.id,
        task_id=clock.task_id,
        organisation=clock.organisation,
        officer_id=clock.task.assignee_id if clock.task is not None else None,
        at=work.at,
    )
    work.log(live, "card_issued", level=level, kind=clock.kind, organisation=clock.organisation)
    work.tell(facts.CARD_ISSUED, live, level=level, card=card.pk, **told)
