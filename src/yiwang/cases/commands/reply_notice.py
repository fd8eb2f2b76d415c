"""Answer a supervision notice."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import GroundsMissing, NoticeClosed
from yiwang.cases.contracts.words import NoticeState
from yiwang.cases.models import NoticeReply
from yiwang.cases.rows.notices import lock_notice
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="cases.notice.reply")
def reply_notice(*, actor: Actor, at: datetime, notice_id: int, body: str) -> None:
    """Say what was done; more replies may follow until the notice is closed.

    Raises:
        ThingNotFound, NoticeClosed.
    """
    work = Work(actor, at)
    live, notice = lock_notice(notice_id)
    permit(Scope(organisations=(notice.organisation,)), subject=f"case:{live.id}")
    if notice.state == NoticeState.CLOSED:
        raise NoticeClosed
    if not body.strip():
        raise GroundsMissing(outcome="reply")
    NoticeReply.objects.create(
        notice=notice, at=at, account_id=actor.account_id, organisation=actor.organisation, body=body.strip()
    )
    notice.state = NoticeState.REPLIED
    notice.save(update_fields=["state"])
    work.hold(live)
    work.log(live, "notice_replied", notice=notice.pk)
    work.tell(facts.NOTICE_REPLIED, live, notice=notice.pk, organisation=notice.organisation)
    work.write()
