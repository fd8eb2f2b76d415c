"""End a participatory budget: enter the papers that came back; from then on the result is public."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyReported, BudgetNotFound, PapersDoNotMatch, StillOpen
from yiwang.portal.talking.models import BudgetBallot
from yiwang.portal.talking.queries.budgets import BUDGETS, projects_in, terms_of
from yiwang.portal.talking.rules.budgeting import papers_of
from yiwang.portal.talking.rules.wording import raise_all


@command(operation="talking.budget.count")
def count_budget(*, actor: Actor, at: datetime, budget: int, papers: str) -> int:
    """Enter all papers at once, one a line, void ones as ``x``; gives how many counted.

    They join the ballots under random keys, so that nobody tells them from those cast online.

    Raises:
        BudgetNotFound, AlreadyReported.
        StillOpen: the last day has not passed.
        PapersDoNotMatch: more came back than were handed out.
        InvalidInput: a paper is neither a fit choice nor void.
    """
    row = BUDGETS.locked(budget)
    permit(Scope(organisations=(row.organisation,)), subject=f"budget:{budget}")
    if row.put_out_at is None:
        raise BudgetNotFound
    if row.counted_at is not None:
        raise AlreadyReported
    if timezone.localdate(at) <= row.closes_on:
        raise StillOpen(until=row.closes_on)
    choices, void, problems = papers_of(papers, {p.number: p for p in projects_in(row)}, terms_of(row))
    raise_all(problems)
    handed_out = row.turnout.filter(on_paper=True).count()
    if len(choices) + void > handed_out:
        raise PapersDoNotMatch(handed_out=handed_out, counted=len(choices) + void)
    BudgetBallot.objects.bulk_create(BudgetBallot(budget=row, chosen=sorted(each)) for each in choices)
    row.counted_at, row.void_papers = at, void
    row.save(update_fields=["counted_at", "void_papers"])
    note(papers=len(choices), void=void)
    return len(choices)
