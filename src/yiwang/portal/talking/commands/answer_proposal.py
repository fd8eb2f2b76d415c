"""Answer a proposal for its department."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import ProposalJudged, ProposalNotFound
from yiwang.portal.talking.queries.proposals import locked_proposal
from yiwang.portal.talking.rules.consulting import Outcome
from yiwang.portal.talking.rules.personal import personal_in
from yiwang.portal.talking.rules.wording import judged_text, raise_all, refuse

MOST_ANSWER = 3000
_PERSONAL = Text("答复里有个人信息，请隐去", "The answer holds personal data; take it out")


@command(operation="talking.proposal.answer")
def answer_proposal(*, actor: Actor, at: datetime, proposal: int, outcome: Outcome, answer: str) -> None:
    """Say whether it is adopted, and why; a department may answer before there is enough support.

    Raises:
        ProposalNotFound: it is not published.
        ProposalJudged: it is answered.
        InvalidInput: no reason, too long, or personal data in it.
    """
    row = locked_proposal(proposal)
    permit(Scope(organisations=(row.organisation,)), subject=f"proposal:{proposal}")
    if row.published_at is None:
        raise ProposalNotFound
    if row.answered_at is not None:
        raise ProposalJudged
    personal = [refuse("answer", _PERSONAL)] if personal_in(answer) else []
    raise_all([*judged_text("answer", answer, MOST_ANSWER), *personal])
    row.outcome, row.answer, row.answered_by, row.answered_at = (
        outcome,
        answer.strip(),
        actor.account_id or 0,
        at,
    )
    row.save()
