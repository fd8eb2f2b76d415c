"""Publish a proposal without personal data, or say why it is not published."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import ProposalJudged
from yiwang.portal.talking.models import Proposal
from yiwang.portal.talking.queries.proposals import locked_proposal
from yiwang.portal.talking.rules.personal import personal_in
from yiwang.portal.talking.rules.proposing import SUPPORT_NEEDED, last_day_of_support
from yiwang.portal.talking.rules.wording import judged_text, raise_all, refuse

MOST_TITLE, MOST_BODY, MOST_REASON = 60, 2000, 500
_STILL = Text("仍有个人信息，请隐去", "Still holds personal data; take it out")


@command(operation="talking.proposal.judge")
def publish_proposal(*, actor: Actor, at: datetime, proposal: int, title: str, body: str) -> None:
    """Publish these words; support is gathered from now on.

    Raises:
        ProposalNotFound, ProposalJudged.
        InvalidInput: something is missing, too long or personal.
    """
    row = _unjudged(proposal)
    said = (("title", title, MOST_TITLE), ("body", body, MOST_BODY))
    raise_all(
        [
            *(problem for path, text, most in said for problem in judged_text(path, text, most)),
            *(refuse(path, _STILL) for path, text, _ in said if personal_in(text)),
        ]
    )
    row.title, row.body, row.judged_by, row.published_at = (
        title.strip(),
        body.strip(),
        actor.account_id or 0,
        at,
    )
    row.closes_on, row.needed = last_day_of_support(timezone.localdate(at)), SUPPORT_NEEDED
    row.save()


@command(operation="talking.proposal.judge")
def decline_proposal(*, actor: Actor, at: datetime, proposal: int, reason: str) -> None:
    """Say why it is not published.

    Raises:
        ProposalNotFound, ProposalJudged, InvalidInput.
    """
    row = _unjudged(proposal)
    raise_all(judged_text("reason", reason, MOST_REASON))
    row.declined_at, row.declined_reason, row.judged_by = at, reason.strip(), actor.account_id or 0
    row.save()


def _unjudged(proposal: int) -> Proposal:
    row = locked_proposal(proposal)
    permit(Scope(organisations=(row.organisation,)), subject=f"proposal:{proposal}")
    if row.published_at is not None or row.declined_at is not None:
        raise ProposalJudged
    return row
