"""Say of a comment whether it is adopted, and why."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyReported, ConsultationNotFound
from yiwang.portal.talking.models import Comment
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.rules.consulting import Outcome
from yiwang.portal.talking.rules.personal import personal_in
from yiwang.portal.talking.rules.wording import judged_text, raise_all, refuse

MOST_SHOWN, MOST_REASON = 2000, 1000
_STILL = Text("仍有个人信息，请隐去", "Still holds personal data; take it out")


@command(operation="talking.comment.answer")
def answer_comment(
    *, actor: Actor, at: datetime, comment: int, outcome: Outcome, reason: str, shown: str
) -> None:
    """Answer a comment, or answer it anew before the report; ``shown`` is what the report prints of it.

    Raises:
        ConsultationNotFound: there is no such comment.
        AlreadyReported: the report is out.
        InvalidInput: no reason, too long, or personal data in what would be printed.
    """
    owner = Comment.objects.filter(pk=comment).values_list("consultation_id", flat=True).first()
    if owner is None:
        raise ConsultationNotFound
    row = CONSULTATIONS.locked(owner)
    permit(Scope(organisations=(row.organisation,)), subject=f"comment:{comment}")
    if row.reported_at is not None:
        raise AlreadyReported
    problems = [*judged_text("reason", reason, MOST_REASON), *judged_text("shown", shown, MOST_SHOWN)]
    problems += [
        refuse(path, _STILL) for path, said in (("reason", reason), ("shown", shown)) if personal_in(said)
    ]
    raise_all(problems)
    Comment.objects.filter(pk=comment).update(
        outcome=outcome,
        reason=reason.strip(),
        shown=shown.strip(),
        answered_by=actor.account_id,
        answered_at=at,
    )
