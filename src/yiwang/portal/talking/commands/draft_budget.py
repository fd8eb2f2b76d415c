"""Write a participatory budget, write it again while it is not out, and put it out."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyPutOut, SurveyClosed, VotingNotDeclared
from yiwang.portal.talking.models import Budget
from yiwang.portal.talking.queries.budgets import BUDGETS, stored
from yiwang.portal.talking.rules.budgeting import MOST_PROJECTS, MOST_YUAN, Terms, Way, projects_of
from yiwang.portal.talking.rules.wording import judged_days, judged_text, raise_all, refuse

MOST_TITLE, MOST_SUMMARY, MOST_TEXT = 120, 1000, 60_000
_AMOUNT = Text("请填写整数元", "Enter whole yuan")
_MOST = Text("请填写1至{most}的整数", "Enter a number from 1 to {most}").fill(most=MOST_PROJECTS)


@command(operation="talking.budget.draft")
def draft_budget(
    *,
    actor: Actor,
    at: datetime,
    budget: int | None = None,
    title: Text,
    summary: Text,
    terms: Terms,
    projects: str,
    opens_on: date,
    closes_on: date,
) -> int:
    """Keep a draft with its projects; gives its id.

    Raises:
        BudgetNotFound, AlreadyPutOut: there is none to write again.
        VotingNotDeclared: the city takes no votes.
        InvalidInput: every problem is listed.
    """
    row = Budget(organisation=actor.organisation) if budget is None else BUDGETS.locked(budget)
    permit(Scope(organisations=(row.organisation,)), subject=f"budget:{budget or 'new'}")
    if row.put_out_at is not None:
        raise AlreadyPutOut
    if not settings.YIWANG_VOTING:
        raise VotingNotDeclared
    found, problems = projects_of(projects, terms.amount)
    if not 0 < terms.amount <= MOST_YUAN:
        problems = [refuse("amount", _AMOUNT)]
    if terms.way is Way.COUNT and not 1 <= terms.most <= MOST_PROJECTS:
        problems.append(refuse("most", _MOST))
    raise_all(
        [
            *judged_text("title_zh", title.zh, MOST_TITLE),
            *judged_text("title_en", title.en, MOST_TITLE),
            *judged_text("summary_zh", summary.zh, MOST_SUMMARY),
            *judged_text("summary_en", summary.en, MOST_SUMMARY),
            *judged_text("projects", projects, MOST_TEXT),
            *judged_days(opens_on, closes_on),
            *(problems if projects.strip() else []),
        ]
    )
    row.title, row.summary, row.projects = title.as_dict(), summary.as_dict(), stored(found)
    row.amount, row.way, row.most = terms.amount, terms.way, terms.most if terms.way is Way.COUNT else 0
    row.opens_on, row.closes_on, row.made_by, row.made_at = opens_on, closes_on, actor.account_id or 0, at
    row.save()
    return row.pk


@command(operation="talking.budget.put_out")
def put_out_budget(*, actor: Actor, at: datetime, budget: int) -> None:
    """Show it to everybody; votes are taken from its first day.

    Raises:
        BudgetNotFound, AlreadyPutOut, VotingNotDeclared.
        SurveyClosed: its last day is past.
    """
    row = BUDGETS.locked(budget)
    permit(Scope(organisations=(row.organisation,)), subject=f"budget:{row.pk}")
    if row.put_out_at is not None:
        raise AlreadyPutOut
    if not settings.YIWANG_VOTING:
        raise VotingNotDeclared
    if row.closes_on < timezone.localdate(at):
        raise SurveyClosed
    row.put_out_at = at
    row.save(update_fields=["put_out_at"])
