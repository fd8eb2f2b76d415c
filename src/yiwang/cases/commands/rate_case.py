"""Rate a handling in five levels, once (好差评, E16)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import AlreadyRated, CaseNotFound, NotYetRateable
from yiwang.cases.models import Rating
from yiwang.cases.queries.rights import concerns
from yiwang.cases.rows.clocks import due_after
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.work import Work
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_LEVELS = Text("请选择一个满意度", "Choose one of the five levels")
_BAD = 2
#: Bad ratings are answered within 15 working days (办法 on ratings; unchecked, see rules-cn section 7).
_ANSWER_DAYS = 15


@command(operation="cases.rating.give")
def rate_case(*, actor: Actor, at: datetime, case_id: int, level: int, comment: str = "") -> None:
    """Rate an own case that has ended: 5 very satisfied to 1 very dissatisfied.

    Raises:
        NotYetRateable: it has not ended.
        AlreadyRated: one rating a handling.
    """
    work = Work(actor, at)
    live = lock_case(case_id)
    if live.parent is not None or not concerns(actor, live.row.person_id, live.row.entity_id):
        raise CaseNotFound
    permit(Scope(person_id=live.row.person_id, entity_id=live.row.entity_id), subject=f"case:{live.id}")
    if not 1 <= level <= 5:
        raise InvalidInput(problems=(FieldProblem("level", _LEVELS),))
    if live.is_open:
        raise NotYetRateable
    try:
        with transaction.atomic():
            Rating.objects.create(
                case_id=live.id,
                organisation=live.row.organisation,
                level=level,
                comment=comment.strip()[:1000],
                at=at,
                answer_until=due_after(at, _ANSWER_DAYS) if level <= _BAD else None,
            )
    except IntegrityError:
        raise AlreadyRated from None
    work.hold(live)
    work.log(live, "rated", level=level)
    work.tell(facts.CASE_RATED, live, level=level, organisation=live.row.organisation)
    work.write()
