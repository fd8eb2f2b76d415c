"""Participatory budgets; results only once everything is counted, and from the ballots each time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString

from django.utils import timezone

from yiwang.kernel.text import text_from
from yiwang.platform import sql
from yiwang.platform.contracts import Actor, Json
from yiwang.portal.talking.contracts import BudgetNotFound, BudgetView, ResultsNotYet
from yiwang.portal.talking.models import Budget
from yiwang.portal.talking.queries.drafts import Drafts
from yiwang.portal.talking.rules.budgeting import Placed, Project, Terms, Way, placed
from yiwang.portal.talking.rules.consulting import is_open

BUDGETS = Drafts(Budget.objects.all, BudgetNotFound, "talking.budget.draft")
_VOTES: LiteralString = """
SELECT choice::int, count(*) FROM talking_budgetballot, jsonb_array_elements_text(chosen) AS choice
WHERE budget_id = %s GROUP BY 1
"""


def stored(projects: Iterable[Project]) -> list[Json]:
    """Projects as they are kept."""
    return [{"number": p.number, "title": p.title, "text": p.text, "cost": p.cost} for p in projects]


def projects_in(row: Budget) -> tuple[Project, ...]:
    """The projects of a budget."""
    return tuple(
        Project(number=p["number"], title=p["title"], text=p["text"], cost=p["cost"]) for p in row.projects
    )


def terms_of(row: Budget) -> Terms:
    """What there is to spend and what bounds a choice."""
    return Terms(amount=row.amount, way=Way(row.way), most=row.most)


def public_budget(budget: int, *, at: datetime) -> BudgetView:
    """Give a budget that is or was out.

    Raises:
        BudgetNotFound.
    """
    return budget_view(BUDGETS.public_one(budget), at=at)


def budget_for_officer(*, actor: Actor, budget: int, at: datetime) -> BudgetView:
    """Give a budget to an officer within whose reach it is.

    Raises:
        BudgetNotFound: there is none, or it is another's: the two look alike.
    """
    return budget_view(BUDGETS.own_one(actor, budget), at=at)


def budget_view(row: Budget, *, at: datetime) -> BudgetView:
    """A budget with how many voted."""
    today, is_out = timezone.localdate(at), row.put_out_at is not None
    return BudgetView(
        id=row.pk,
        title=text_from(row.title),
        summary=text_from(row.summary),
        organisation=row.organisation,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        is_out=is_out,
        is_open=is_out and is_open(opens_on=row.opens_on, closes_on=row.closes_on, today=today),
        is_over=is_out and today > row.closes_on,
        terms=terms_of(row),
        projects=projects_in(row),
        taken=row.turnout.count(),
        papers=row.turnout.filter(on_paper=True).count(),
        void_papers=row.void_papers,
        counted_at=row.counted_at,
    )


def budget_result(budget: int) -> tuple[Placed, ...]:
    """Every project with its votes, in the order of the result, and whether it is paid for.

    Raises:
        BudgetNotFound.
        ResultsNotYet: the papers are not counted; also for who made it.
    """
    row = BUDGETS.public_one(budget)
    if row.counted_at is None:
        raise ResultsNotYet(until=row.closes_on)
    votes = {int(str(number)): int(str(count)) for number, count in sql.fetch(_VOTES, [row.pk])}
    return placed(projects_in(row), votes, row.amount)
