"""Proposals of people, as everybody and as officers see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from yiwang.cases.api import visible_organisations
from yiwang.identity.api import children
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.talking.contracts import ProposalNotFound, ProposalView
from yiwang.portal.talking.models import Proposal
from yiwang.portal.talking.rules.consulting import Outcome
from yiwang.portal.talking.rules.proposing import state_of

READ = "talking.proposal.answer"
_ANSWERING = "municipal_government"


def answering_departments() -> dict[str, Text]:
    """The departments of the city, to which a proposal may be addressed."""
    return {each.code: each.short_name for each in children(_ANSWERING) if each.active}


def locked_proposal(proposal: int) -> Proposal:
    """Give a proposal under its lock, for an act.

    Raises:
        ProposalNotFound.
    """
    row = Proposal.objects.select_for_update().filter(pk=proposal).first()
    if row is None:
        raise ProposalNotFound
    return row


def public_proposals() -> QuerySet[Proposal]:
    """Those that are published, the newest first."""
    return Proposal.objects.filter(published_at__isnull=False).order_by("-published_at", "-id")


def public_proposal(proposal: int, *, at: datetime) -> ProposalView:
    """Give one that is published.

    Raises:
        ProposalNotFound.
    """
    row = public_proposals().filter(pk=proposal).first()
    if row is None:
        raise ProposalNotFound
    return proposal_view(row, at=at)


def own_proposals(*, actor: Actor) -> QuerySet[Proposal]:
    """Those addressed to an organisation within an officer's reach, the newest first."""
    seen = visible_organisations(actor, READ)
    rows = Proposal.objects.order_by("-id")
    return rows if seen is None else rows.filter(organisation__in=seen)


def proposal_for_officer(*, actor: Actor, proposal: int, at: datetime) -> ProposalView:
    """Give one to an officer within whose reach it is.

    Raises:
        ProposalNotFound: there is none, or it is another's: the two look alike.
    """
    row = own_proposals(actor=actor).filter(pk=proposal).first()
    if row is None:
        raise ProposalNotFound
    return proposal_view(row, at=at)


def supports(*, actor: Actor, proposal: int) -> bool:
    """Whether somebody supports it already."""
    if actor.person_id is None:
        return False
    return Proposal.objects.filter(pk=proposal, supports__person_id=actor.person_id).exists()


def proposal_view(row: Proposal, *, at: datetime) -> ProposalView:
    """A proposal with its support."""
    today = timezone.localdate(at)
    answered_on = timezone.localdate(row.answered_at) if row.answered_at is not None else today
    return ProposalView(
        id=row.pk,
        organisation=row.organisation,
        state=state_of(
            is_public=row.published_at is not None,
            is_declined=row.declined_at is not None,
            is_answered=row.answered_at is not None,
            is_reached=row.reached_at is not None,
            closes_on=row.closes_on,
            today=today,
        ),
        title=row.title,
        body=row.body,
        given_title=row.given_title,
        given_body=row.given_body,
        given_at=row.given_at,
        published_at=row.published_at,
        closes_on=row.closes_on,
        needed=row.needed or 0,
        support=row.supports.count(),
        answer_due_on=row.answer_due_on,
        outcome=Outcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        answered_at=row.answered_at,
        is_late=row.answer_due_on is not None and answered_on > row.answer_due_on,
        declined_reason=row.declined_reason,
    )
