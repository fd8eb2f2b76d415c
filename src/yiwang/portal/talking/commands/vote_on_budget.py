"""Vote on a participatory budget: online, or on a paper that a counter hands out; once a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from yiwang.identity.api import find_person_by_resident_id
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import (
    AlreadyTaken,
    BudgetNotFound,
    PersonsOnly,
    PersonUnknown,
    SurveyClosed,
    VotingNotDeclared,
)
from yiwang.portal.talking.models import Budget, BudgetBallot, BudgetTurnout
from yiwang.portal.talking.queries.budgets import projects_in, terms_of
from yiwang.portal.talking.rules.budgeting import fault_of_choice
from yiwang.portal.talking.rules.consulting import is_open
from yiwang.portal.talking.rules.wording import raise_all, refuse


@command(operation="talking.budget.vote")
def vote_on_budget(*, actor: Actor, at: datetime, budget: int, chosen: Sequence[int]) -> None:
    """Cast the one ballot of a person. The journal tells that somebody voted, never for what.

    Raises:
        BudgetNotFound, SurveyClosed, VotingNotDeclared: there is nothing to vote on now.
        PersonsOnly: the actor is no verified person, or acts for a firm.
        AlreadyTaken: this person voted, or took a paper.
        InvalidInput: the choice is empty, unknown or too large; nothing is kept.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"budget:{budget}")
    row = _open_budget(budget, at)
    if actor.person_id is None or actor.for_entity is not None:
        raise PersonsOnly
    fault = fault_of_choice(chosen, {p.number: p for p in projects_in(row)}, terms_of(row))
    raise_all([refuse("chosen", fault)] if fault is not None else [])
    _turn_out(row, actor.person_id, on_paper=False)
    BudgetBallot.objects.create(budget=row, chosen=sorted(chosen))


@command(operation="talking.budget.hand_out")
def hand_out_paper(*, actor: Actor, at: datetime, budget: int, resident_id: str) -> None:
    """Record that a person who showed the identity card got a paper; it bears no name and no number.

    Raises:
        BudgetNotFound, SurveyClosed, VotingNotDeclared, PersonUnknown.
        AlreadyTaken: this person voted, or took a paper.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"budget:{budget}")
    row = _open_budget(budget, at)
    person = find_person_by_resident_id(resident_id)
    if person is None:
        raise PersonUnknown
    _turn_out(row, person.id, on_paper=True)


def _open_budget(budget: int, at: datetime) -> Budget:
    row = Budget.objects.filter(pk=budget, put_out_at__isnull=False).first()
    if row is None:
        raise BudgetNotFound
    if not settings.YIWANG_VOTING:
        raise VotingNotDeclared
    if not is_open(opens_on=row.opens_on, closes_on=row.closes_on, today=timezone.localdate(at)):
        raise SurveyClosed
    return row


def _turn_out(row: Budget, person: int, *, on_paper: bool) -> None:
    _, made = BudgetTurnout.objects.get_or_create(
        budget=row, person_id=person, defaults={"on_paper": on_paper}
    )
    if not made:
        raise AlreadyTaken
