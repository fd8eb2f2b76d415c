"""Answer a rating; bad ones must be answered."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import GroundsMissing, ThingNotFound
from yiwang.cases.models import Rating
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.work import Work
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_RATING = Text("待答复的评价", "A rating that waits for an answer")


@command(operation="cases.rating.reply")
def reply_to_rating(*, actor: Actor, at: datetime, case_id: int, reply: str) -> None:
    """Answer the rating of a case, once.

    Raises:
        ThingNotFound: there is none, or it was answered.
    """
    work = Work(actor, at)
    live = lock_case(case_id)
    permit(Scope(organisations=(live.row.organisation,)), subject=f"case:{live.id}")
    rating = Rating.objects.filter(case_id=live.id, reply="").first()
    if rating is None:
        raise ThingNotFound(thing=_RATING)
    if not reply.strip():
        raise GroundsMissing(outcome="reply")
    rating.reply, rating.replied_at, rating.replied_by = reply.strip(), at, actor.account_id
    rating.save(update_fields=["reply", "replied_at", "replied_by"])
    work.hold(live)
    work.log(live, "rating_replied")
    work.write()
