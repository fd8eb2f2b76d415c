"""Close a supervision notice."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import NoticeClosed
from yiwang.cases.contracts.words import NoticeState
from yiwang.cases.rows.notices import lock_notice
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="cases.notice.close")
def close_notice(*, actor: Actor, at: datetime, notice_id: int, closing: str = "") -> None:
    """Close with a conclusion.

    Raises:
        ThingNotFound, NoticeClosed.
    """
    work = Work(actor, at)
    live, notice = lock_notice(notice_id)
    permit(Scope(organisations=(notice.organisation,)), subject=f"case:{live.id}")
    if notice.state == NoticeState.CLOSED:
        raise NoticeClosed
    notice.state, notice.closed_at, notice.closing = NoticeState.CLOSED, at, closing.strip()
    notice.save(update_fields=["state", "closed_at", "closing"])
    work.hold(live)
    work.log(live, "notice_closed", notice=notice.pk)
    work.tell(facts.NOTICE_CLOSED, live, notice=notice.pk, organisation=notice.organisation)
    work.write()
