"""Support a proposal: once a person."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.cases.api import city_calendar
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.publishing.rules.freshness import after_working_days
from yiwang.portal.talking.contracts import AlreadyTaken, NotGathering, PersonsOnly, ProposalNotFound
from yiwang.portal.talking.models import Support
from yiwang.portal.talking.queries.proposals import locked_proposal
from yiwang.portal.talking.rules.proposing import ANSWER_WORKING_DAYS


@command(operation="talking.proposal.support")
def support_proposal(*, actor: Actor, at: datetime, proposal: int) -> int:
    """Support it; gives the count. With enough the days for the answer begin.

    Raises:
        ProposalNotFound: it is not published.
        PersonsOnly, NotGathering, AlreadyTaken.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"proposal:{proposal}")
    if actor.person_id is None or actor.for_entity is not None:
        raise PersonsOnly
    row = locked_proposal(proposal)
    today = timezone.localdate(at)
    if row.published_at is None or row.closes_on is None or row.needed is None:
        raise ProposalNotFound
    if row.answered_at is not None or today > row.closes_on:
        raise NotGathering
    _, made = Support.objects.get_or_create(proposal=row, person_id=actor.person_id)
    if not made:
        raise AlreadyTaken
    count = row.supports.count()
    if row.reached_at is None and count >= row.needed:
        row.reached_at = at
        row.answer_due_on = after_working_days(today, ANSWER_WORKING_DAYS, city_calendar())
        row.save(update_fields=["reached_at", "answer_due_on"])
        emit("talking.proposal_reached", f"proposal:{proposal}", organisation=row.organisation)
    return count
