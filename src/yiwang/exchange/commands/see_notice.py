"""An organisation has taken note that data it was given were corrected."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.attention import NoticeNotFound
from yiwang.exchange.models import ReaderNotice
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.notice.see")
def see_notice(*, actor: Actor, at: datetime, notice: int) -> None:
    """Note who took note and when; a second time changes nothing.

    Raises:
        NoticeNotFound: there is none, or it is another organisation's: the two look alike.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"notice:{notice}")
    row = ReaderNotice.objects.select_for_update().filter(pk=notice, organisation=actor.organisation).first()
    if row is None:
        raise NoticeNotFound
    if row.seen_at is None:
        row.seen_at, row.seen_by = at, actor.account_id
        row.save(update_fields=["seen_at", "seen_by"])
