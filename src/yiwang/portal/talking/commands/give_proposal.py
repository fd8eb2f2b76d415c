"""Propose something to a department of the city."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import NoSuchDepartment, PersonsOnly, TooManyProposals
from yiwang.portal.talking.models import Proposal
from yiwang.portal.talking.queries.proposals import answering_departments
from yiwang.portal.talking.rules.wording import judged_text, raise_all

MOST_TITLE, MOST_BODY, MOST_WAITING = 60, 2000, 3


@command(operation="talking.proposal.give")
def give_proposal(*, actor: Actor, at: datetime, organisation: str, title: str, body: str) -> int:
    """Give it to be read; gives its id. Nothing of it is public until an officer has read it.

    Raises:
        PersonsOnly, NoSuchDepartment, TooManyProposals, InvalidInput.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject="proposal:new")
    if actor.person_id is None or actor.for_entity is not None:
        raise PersonsOnly
    if organisation not in answering_departments():
        raise NoSuchDepartment
    raise_all([*judged_text("title", title, MOST_TITLE), *judged_text("body", body, MOST_BODY)])
    waiting = Proposal.objects.filter(
        person_id=actor.person_id, published_at__isnull=True, declined_at__isnull=True
    )
    if waiting.count() >= MOST_WAITING:
        raise TooManyProposals(most=MOST_WAITING)
    row = Proposal.objects.create(
        organisation=organisation,
        person_id=actor.person_id,
        given_title=title.strip(),
        given_body=body.strip(),
        given_at=at,
    )
    note(proposal=row.pk)
    return row.pk
